import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Icon, Select } from '../components';
import { PRIORITIES, selections, SOURCES, STATES, TYPES } from './filter';
import type { InboxFilter } from './filter';

export function Filters({ filter, onChange }: { filter: InboxFilter; onChange: (filter: InboxFilter) => void }) {
  const { t } = useTranslation('inbox');
  const chosen = selections(filter);
  const [open, setOpen] = useState(chosen > 0);
  return (
    <div className="inbox-filters">
      <div className="filter-states" role="group" aria-label={t('show')}>
        {STATES.map((state) => (
          <button
            key={state}
            type="button"
            className="filter-state"
            aria-pressed={filter.state === state}
            onClick={() => onChange({ ...filter, state })}
          >
            {t(`states.${state}`)}
          </button>
        ))}
      </div>
      <details className="filter-details" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <Icon name="filter" size={18} />
          {t('filters')}
          {chosen > 0 && ` (${chosen})`}
        </summary>
        <div className="filter-more">
          <Select
            label={t('type')}
            value={filter.type ?? ''}
            onChange={(event) => onChange({ ...filter, type: event.target.value || null })}
            choices={[{ value: '', label: t('anyType') }, ...TYPES.map((type) => ({ value: type, label: t(`types.${type}`) }))]}
          />
          <Select
            label={t('source')}
            value={filter.source ?? ''}
            onChange={(event) => onChange({ ...filter, source: event.target.value || null })}
            choices={[
              { value: '', label: t('anySource') },
              ...SOURCES.map((source) => ({ value: source, label: t(`sources.${source}`) })),
            ]}
          />
          <Select
            label={t('priority')}
            value={filter.priority ?? ''}
            onChange={(event) => onChange({ ...filter, priority: event.target.value || null })}
            choices={[
              { value: '', label: t('anyPriority') },
              ...PRIORITIES.map((priority) => ({ value: priority, label: t(`priorities.${priority}`) })),
            ]}
          />
          <Button icon="close" onClick={() => onChange({ ...filter, type: null, source: null, priority: null })}>
            {t('clear')}
          </Button>
        </div>
      </details>
    </div>
  );
}
