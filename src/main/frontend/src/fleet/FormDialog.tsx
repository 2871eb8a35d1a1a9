import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, useVoices } from '../components';
import { focusFirstWrong, isWrong, useFieldText, type Wrong } from '../forms';
import { useProblemText } from '../problems';
import { fleetKeys } from './api';

interface FormDialogProps {
  readonly machineId: string;
  readonly title: string;
  /** Said when it is done. */
  readonly done: string;
  /** What is wrong with the fields as they are; told once somebody has tried to save them. */
  readonly wrong: Wrong;
  readonly save: () => Promise<unknown>;
  readonly onClose: () => void;
  /** The fields. `problem` says what is wrong with one; `changed` is to be called when one has changed. */
  readonly children: (problem: (field: string) => string | undefined, changed: () => void) => ReactNode;
}

/** A form about something of a machine, which is fetched again when it is saved. */
export function FormDialog({ machineId, title, done, wrong, save, onClose, children }: FormDialogProps) {
  const { t } = useTranslation('fleet');
  const [submitted, setSubmitted] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const formId = useId();
  const queries = useQueryClient();
  const { toast } = useVoices();
  const textOf = useProblemText();
  const saving = useMutation({
    mutationFn: save,
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: fleetKeys.one(machineId) });
      toast(done, { tone: 'good' });
      onClose();
    },
    onError: () => focusFirstWrong(element.current),
  });
  const problem = useFieldText(submitted ? wrong : {}, saving.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSubmitted(true);
    if (isWrong(wrong)) focusFirstWrong(element.current);
    else if (!saving.isPending) saving.mutate();
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('form.cancel')}</Button>
          <Button type="submit" form={formId} kind="primary" busy={saving.isPending}>
            {t('form.save')}
          </Button>
        </>
      }
    >
      <form ref={element} id={formId} className="form" noValidate onSubmit={submit}>
        {children(problem, saving.reset)}
        {saving.error ? (
          <p className="form-problem" role="alert">
            {textOf(saving.error)}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
