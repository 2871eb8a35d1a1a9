import { Problem } from '@fleetman/client';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { FormEvent } from 'react';

/** A form that is sent once at a time; what is wrong takes the focus to the first field that it is about. */
export function useForm<T>(send: (form: HTMLFormElement) => Promise<T>, done?: (answer: T) => void) {
  const form = useRef<HTMLFormElement>(null);
  const { mutate, isPending, error, reset } = useMutation({ mutationFn: send, onSuccess: done });
  useEffect(() => {
    if (error instanceof Problem) {
      form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
    }
  }, [error]);
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (form.current && !isPending) {
      mutate(form.current);
    }
  }
  return { form, onSubmit, isPending, error, reset };
}

/** What stands in a field of a form. */
export function valueOf(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value : '';
}

/** Whether a problem is shown at a field, so that it need not be shown for the form as well. */
export function isOfField(error: unknown): boolean {
  return error instanceof Problem && error.errors.length > 0;
}
