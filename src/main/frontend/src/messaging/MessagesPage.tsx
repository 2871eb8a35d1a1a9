import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useMatch } from 'react-router';
import { ButtonLink, EmptyState } from '../components';
import { SearchField } from '../SearchField';
import { useSettled } from '../useSettled';
import { ConversationList } from './ConversationList';
import './messaging.css';

/** `/messages`: the conversations, and beside them, or instead of them where there is little room, the open one. */
export function MessagesPage() {
  const { t } = useTranslation('messaging');
  const open = useMatch('/messages/conversations/:userId') !== null;
  const [search, setSearch] = useState('');
  const [onlyContacts, setOnlyContacts] = useState(false);
  const settled = useSettled(search.trim());
  return (
    <div className={open ? 'page-fill messages messages-open' : 'page-fill messages'}>
      <section className="messages-list" aria-labelledby="messages-title">
        <header className="messages-head">
          {open ? <h2 id="messages-title">{t('title')}</h2> : <h1 id="messages-title">{t('title')}</h1>}
          <ButtonLink small icon="plus" to="/contacts/discover">
            {t('list.start')}
          </ButtonLink>
        </header>
        <div className="messages-filter">
          <SearchField label={t('list.search')} value={search} onChange={setSearch} />
          <label className="check">
            <input
              type="checkbox"
              checked={onlyContacts}
              onChange={(event) => setOnlyContacts(event.target.checked)}
            />
            <span>{t('list.onlyContacts')}</span>
          </label>
        </div>
        <ConversationList filter={{ search: settled, onlyContacts }} />
      </section>
      <Outlet />
    </div>
  );
}

/** `/messages` without a conversation; not to be seen where there is little room. */
export function NoConversation() {
  const { t } = useTranslation('messaging');
  return (
    <section className="conversation conversation-none">
      <title>{`${t('title')} · FleetMan`}</title>
      <EmptyState icon="message" title={t('conversation.none.title')}>{t('conversation.none.text')}</EmptyState>
    </section>
  );
}
