import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, EmptyState, Failure, LoadMore, Select, Spinner } from '../components';
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
      {pages.loading ? (
        <Spinner />
      ) : pages.error && pages.items.length === 0 ? (
        <Failure error={pages.error} retry={pages.retry} />
      ) : pages.items.length === 0 ? (
        <EmptyState icon="clock" title={t('history.none')} />
      ) : (
        <>
          <ol className="history">
            {pages.items.map((event) => (
              <HistoryEntry key={event.id} event={event} />
            ))}
          </ol>
          <LoadMore hasMore={pages.hasMore} loading={pages.loadingMore} onMore={pages.loadMore} />
        </>
      )}
      {writing ? <EntryDialog machineId={machine.id} onClose={() => setWriting(false)} /> : null}
    </section>
  );
}
