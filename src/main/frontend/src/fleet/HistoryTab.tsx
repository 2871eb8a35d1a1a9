import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, EmptyState, Select } from '../components';
import { PagedList } from '../PagedList';
import { usePages } from '../usePages';
import { EVENT_TYPES, eventList, type HistoryFilter, type MachineEventType } from './api';
import { EntryDialog } from './EntryDialog';
import { HistoryEntry } from './HistoryEntry';
import { useShownMachine } from './useMachine';

/** `/machines/:machineId/events` */
export function HistoryTab() {
  const { t } = useTranslation('fleet');
  const { machine } = useShownMachine();
  const [filter, setFilter] = useState<HistoryFilter>({ type: '', by: '' });
  const [writing, setWriting] = useState(false);
  const pages = usePages(eventList(machine.id, filter), (event) => event.id);
  return (
    <section aria-labelledby="history-title">
      <header className="tab-head">
        <h2 id="history-title">{t('machine.tab.history')}</h2>
        <Button icon="plus" onClick={() => setWriting(true)}>
          {t('history.write')}
        </Button>
      </header>
      <search className="filters">
        <Select
          label={t('history.by')}
          hideLabel
          value={filter.by}
          onChange={(event) => setFilter({ type: '', by: event.target.value as HistoryFilter['by'] })}
          choices={[
            { value: '', label: t('history.byAll') },
            { value: 'people', label: t('history.byPeople') },
            { value: 'system', label: t('history.bySystem') },
          ]}
        />
        <Select
          label={t('history.field.type')}
          hideLabel
          value={filter.type}
          onChange={(event) => setFilter({ type: event.target.value as MachineEventType | '', by: '' })}
          choices={[
            { value: '', label: t('history.anyType') },
            ...EVENT_TYPES.map((type) => ({ value: type, label: t(`event.${type}`) })),
          ]}
        />
      </search>
      <PagedList pages={pages} className="history" empty={<EmptyState icon="clock" title={t('history.none')} />}>
        {(event) => <HistoryEntry key={event.id} event={event} />}
      </PagedList>
      {writing ? <EntryDialog machineId={machine.id} onClose={() => setWriting(false)} /> : null}
    </section>
  );
}
