import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Icon, type IconName, TextField } from '../components';
import { ITEM_RESULTS, type ItemResult } from './api';

/** What was found of an item; `result` is null before anything was. */
export interface Finding {
  readonly result: ItemResult | null;
  readonly note: string;
}

const ICONS: Record<ItemResult, IconName> = { approved: 'check', disapproved: 'close', omitted: 'ban' };

interface CheckItemFieldProps {
  readonly name: string;
  readonly finding: Finding;
  readonly error: string | undefined;
  readonly noteError: string | undefined;
  readonly onChange: (finding: Finding) => void;
}

export function CheckItemField({ name, finding, error, noteError, onChange }: CheckItemFieldProps) {
  const { t } = useTranslation('fleet');
  const id = useId();
  const [noting, setNoting] = useState(false);
  const { result, note } = finding;
  const withNote = noting || note !== '' || result === 'disapproved';
  return (
    <div
      className="card check-item"
      role="radiogroup"
      aria-labelledby={`${id}-name`}
      aria-invalid={error === undefined ? undefined : true}
      aria-describedby={error === undefined ? undefined : `${id}-error`}
    >
      <div className="check-item-row">
        <p id={`${id}-name`} className="check-item-name">
          {name}
        </p>
        <div className="check-choices">
          {ITEM_RESULTS.map((one) => (
            <label key={one} className={`check-choice check-choice-${one}`}>
              <input
                type="radio"
                name={id}
                value={one}
                checked={result === one}
                onChange={() => onChange({ result: one, note })}
              />
              <span>
                <Icon name={ICONS[one]} size={16} />
                {t(`check.choose.${one}`)}
              </span>
            </label>
          ))}
        </div>
      </div>
      {error === undefined ? null : (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      )}
      {withNote ? (
        <TextField
          label={t('check.noteOf', { name })}
          hideLabel
          placeholder={t('check.note')}
          value={note}
          error={noteError}
          onChange={(event) => onChange({ result, note: event.target.value })}
        />
      ) : (
        <Button kind="quiet" small icon="plus" aria-label={t('check.addNoteTo', { name })} onClick={() => setNoting(true)}>
          {t('check.addNote')}
        </Button>
      )}
    </div>
  );
}
