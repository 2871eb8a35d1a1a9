import { Problem } from '@fleetman/client';
import { useTranslation } from 'react-i18next';
import { codePoints } from './text';

/** Codes of what is wrong, by field; the same codes that the server has. */
export type Wrong = Readonly<Record<string, string | undefined>>;

/** `required`, `too_long` or undefined, as the server would say it of a text that it trims. */
export function wrongText(text: string, most: number): string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return 'required';
  return codePoints(trimmed) > most ? 'too_long' : undefined;
}

/** The same of a text that may be absent. */
export function wrongOptionalText(text: string, most: number): string | undefined {
  return codePoints(text.trim()) > most ? 'too_long' : undefined;
}

/** A number as it is typed here, with a point or a comma; NaN where it is none. */
export function parseNumber(text: string): number {
  const plain = text.trim().replace(',', '.');
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
}

/** `required`, `not_a_number`, `too_precise`, `out_of_range` or undefined. */
export function wrongNumber(text: string, least: number, most: number, decimals = 2): string | undefined {
  if (text.trim() === '') return 'required';
  const value = parseNumber(text);
  if (Number.isNaN(value)) return 'not_a_number';
  const fraction = text.trim().replace(',', '.').split('.')[1] ?? '';
  if (fraction.length > decimals) return 'too_precise';
  return value < least || value > most ? 'out_of_range' : undefined;
}

export function isWrong(wrong: Wrong): boolean {
  return Object.values(wrong).some((code) => code !== undefined);
}

/** What a form says beside a field: what was found wrong here, else what the server found. */
export function useFieldText(wrong: Wrong, error: unknown): (field: string) => string | undefined {
  const { t, i18n } = useTranslation('errors');
  return (field) => {
    const code = wrong[field] ?? (error instanceof Problem ? error.field(field) : null);
    if (code == null) return undefined;
    return t(i18n.exists(code, { ns: 'errors' }) ? code : 'invalid_value');
  };
}

/** Puts the focus on the first field that is wrong, or into the first group that is, once it is shown as such. */
export function focusFirstWrong(form: HTMLElement | null): void {
  window.requestAnimationFrame(() => {
    const wrong = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
    const control = wrong?.matches('input, textarea, select') ? wrong : wrong?.querySelector<HTMLElement>('input');
    control?.focus();
  });
}
