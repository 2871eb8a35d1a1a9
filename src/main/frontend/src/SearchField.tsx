import { Field, Icon } from './components';

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** What narrows a list, as one types. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  return (
    <Field label={label} hideLabel>
      {(given) => (
        <span className="search-field">
          <Icon name="search" size={18} />
          <input
            {...given}
            className="input"
            type="search"
            placeholder={label}
            value={value}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => onChange(event.target.value)}
          />
        </span>
      )}
    </Field>
  );
}
