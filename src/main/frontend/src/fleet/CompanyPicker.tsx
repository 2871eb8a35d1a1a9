import type { UserType } from '@fleetman/client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../components';
import { discoverList } from '../contacts/api';
import { useSettled } from '../useSettled';
import { CompanyName } from './CompanyName';

interface CompanyPickerProps {
  readonly type: UserType;
  readonly given: {
    readonly id: string;
    readonly 'aria-invalid': true | undefined;
    readonly 'aria-describedby': string | undefined;
  };
  readonly value: string | null;
  readonly onChange: (userId: string | null) => void;
}

/** Chooses a company by name (WAI-ARIA editable combobox with a list), or none. */
export function CompanyPicker({ type, given, value, onChange }: CompanyPickerProps) {
  const { t } = useTranslation('fleet');
  if (value !== null) {
    return (
      <div className="chosen">
        <span>
          <CompanyName id={value} />
        </span>
        <Button
          id={given.id}
          small
          icon="close"
          // What it does, rather than the field's label.
          aria-label={t('form.another')}
          aria-describedby={given['aria-describedby']}
          onClick={() => onChange(null)}
        >
          {t('form.another')}
        </Button>
      </div>
    );
  }
  return <Search type={type} given={given} choose={onChange} />;
}

interface SearchProps extends Pick<CompanyPickerProps, 'type' | 'given'> {
  readonly choose: (userId: string) => void;
}

function Search({ type, given, choose }: SearchProps) {
  const { t } = useTranslation('fleet');
  const list = useId();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const { data } = useInfiniteQuery({
    ...discoverList({ searchTerm: useSettled(text.trim()), type }),
    enabled: open,
    placeholderData: keepPreviousData,
  });
  const found = (data?.pages[0]?.items ?? []).slice(0, 8);

  function pressed(event: KeyboardEvent) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt(found.length === 0 ? -1 : (at + step + found.length + (at < 0 && step < 0 ? 1 : 0)) % found.length);
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      const one = found[at];
      if (one) choose(one.id);
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation();
      setOpen(false);
      setAt(-1);
    }
  }

  return (
    <div className="combobox">
      <input
        {...given}
        className="input"
        role="combobox"
        aria-expanded={open && found.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 && found[at] ? `${list}-${at}` : undefined}
        autoComplete="off"
        placeholder={t('form.search')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setOpen(true);
          setAt(-1);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={pressed}
      />
      <ul id={list} role="listbox" aria-label={t('form.found')} className="combobox-list" hidden={!open || found.length === 0}>
        {found.map((company, index) => (
          // The keyboard is the input's, as the pattern has it.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <li
            key={company.id}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === at}
            className="combobox-option"
            // Before the input loses the focus, which closes the list.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(company.id)}
          >
            {company.companyName}
          </li>
        ))}
      </ul>
    </div>
  );
}
