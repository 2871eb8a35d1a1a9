import { useId } from 'react';
import type { ComponentProps, ReactNode } from 'react';

interface Described {
  readonly label: ReactNode;
  /** What to type, or why. */
  readonly hint?: ReactNode;
  /** What is wrong with it; read out with the field. */
  readonly error?: ReactNode;
  /** The label is for screen readers only. */
  readonly hideLabel?: boolean;
}

interface Given {
  readonly id: string;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-describedby': string | undefined;
}

/** Label, hint and error of any control: `<Field label="…">{(given) => <input {...given} />}</Field>`. */
export function Field({ label, hint, error, hideLabel, children }: Described & { children: (given: Given) => ReactNode }) {
  const id = useId();
  const described = [hint != null && `${id}-hint`, error != null && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : 'field-label'}>
        {label}
      </label>
      {children({
        id,
        'aria-invalid': error != null ? true : undefined,
        'aria-describedby': described || undefined,
      })}
      {hint != null && (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      )}
      {error != null && (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      )}
    </div>
  );
}

export function TextField({ label, hint, error, hideLabel, ...input }: Described & ComponentProps<'input'>) {
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel}>
      {(given) => <input {...input} {...given} className="input" />}
    </Field>
  );
}

export function TextArea({ label, hint, error, hideLabel, ...input }: Described & ComponentProps<'textarea'>) {
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel}>
      {(given) => <textarea rows={3} {...input} {...given} className="input" />}
    </Field>
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** The browser's own list: it works everywhere, and with every keyboard. */
export function Select({
  label,
  hint,
  error,
  hideLabel,
  choices,
  ...select
}: Described & { choices: readonly Choice[] } & ComponentProps<'select'>) {
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel}>
      {(given) => (
        <select {...select} {...given} className="input select">
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** One of a few, all visible. */
export function RadioGroup({
  label,
  name,
  value,
  choices,
  onChange,
}: {
  label: ReactNode;
  name: string;
  value: string;
  choices: readonly (Choice & { hint?: string })[];
  onChange: (value: string) => void;
}) {
  return (
    <fieldset className="radios">
      <legend className="field-label">{label}</legend>
      <div className="radio-row">
        {choices.map((choice) => (
          <label key={choice.value} className="radio">
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
            />
            <span>
              {choice.label}
              {choice.hint && <small>{choice.hint}</small>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
