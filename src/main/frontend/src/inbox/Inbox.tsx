import { useCounts } from '@fleetman/client';
import type { FleetNotification } from '@fleetman/client';
import { useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Button, EmptyState, Page, useVoices } from '../components';
import { PagedList } from '../PagedList';
import { useProblemText } from '../problems';
import { Filters } from './Filters';
import { filterIn, isPlain } from './filter';
import type { Change, InboxFilter } from './filter';
import { NotificationItem } from './NotificationItem';
import { useInbox } from './useInbox';

export default function Inbox() {
  const { t } = useTranslation('inbox');
  const { toast } = useVoices();
  const text = useProblemText();
  const [search, setSearch] = useSearchParams();
  const filter = useMemo(() => filterIn(search), [search]);
  const inbox = useInbox(filter);
  const unread = useCounts()?.notifications ?? 0;

  const readAll = useMutation({
    mutationFn: inbox.readAll,
    onSuccess: () => toast(t('allRead'), { tone: 'good' }),
    onError: (error) => toast(text(error), { tone: 'bad' }),
  });

  function choose({ state, type, source, priority }: InboxFilter): void {
    const chosen = { state: state === 'inbox' ? null : state, type, source, priority };
    const given = Object.entries(chosen).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
    setSearch(new URLSearchParams(given as string[][]), { replace: true });
  }

  async function attempt(id: string, change: Change): Promise<boolean> {
    try {
      await inbox.change(id, change);
      return true;
    } catch (error) {
      toast(text(error), { tone: 'bad' });
      return false;
    }
  }

  async function change(item: FleetNotification, wanted: Change): Promise<void> {
    if (wanted === 'archived' || wanted === 'deleted') {
      focusBeside(item.id);
    }
    if (!(await attempt(item.id, wanted))) {
      return;
    }
    if (wanted === 'deleted') {
      toast(t('deleted'));
    } else if (wanted === 'archived') {
      toast(t('archived'), { action: { label: t('undo'), run: () => void undo(item) } });
    }
  }

  /** Only as unread a notification comes back from the archive. */
  async function undo(item: FleetNotification): Promise<void> {
    if ((await attempt(item.id, 'unread')) && item.readAt !== null) {
      await attempt(item.id, 'read');
    }
  }

  function open(item: FleetNotification, gone: boolean): void {
    if (item.readAt === null && !gone) {
      void attempt(item.id, 'read');
    }
  }

  return (
    <Page
      title={t('title')}
      actions={
        <Button icon="checks" small disabled={unread === 0} busy={readAll.isPending} onClick={() => readAll.mutate()}>
          {t('readAll')}
        </Button>
      }
    >
      <Filters filter={filter} onChange={choose} />
      <PagedList
        pages={inbox}
        className="card list notifications"
        empty={
          <div className="card">
            <EmptyState icon="inbox" title={t(isPlain(filter) ? 'empty.inbox' : 'empty.filtered')}>
              {t(isPlain(filter) ? 'empty.inboxText' : 'empty.filteredText')}
            </EmptyState>
          </div>
        }
      >
        {(item, gone) => (
          <li key={item.id} data-id={item.id} className={gone ? 'gone' : undefined}>
            <NotificationItem item={item} gone={gone} onChange={(wanted) => void change(item, wanted)} onOpen={() => open(item, gone)} />
          </li>
        )}
      </PagedList>
    </Page>
  );
}

/** What goes away takes no focus with it: the next one has it, else the one before. */
function focusBeside(id: string): void {
  const rows = [...document.querySelectorAll<HTMLElement>('.notifications > li')];
  const at = rows.findIndex((row) => row.dataset['id'] === id);
  const beside = rows[at + 1] ?? rows[at - 1];
  (beside?.querySelector<HTMLElement>('.notification-link') ?? document.querySelector('h1'))?.focus();
}
