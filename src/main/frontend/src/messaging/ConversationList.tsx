import { type ConversationSummary, useConversations } from '@fleetman/client';
import { useTranslation } from 'react-i18next';
import { useState } from 'react';
import { NavLink } from 'react-router';
import { Avatar, Badge, ButtonLink, Count, EmptyState, Failure, LoadMore, Spinner, Time } from '../components';
import { useAccount } from '../session';
import { usePages } from '../usePages';
import { type ConversationFilter, conversationList } from './api';
import { Receipt } from './MessageLog';

/** The conversations, last activity first; without a filter straight from the live state. */
export function ConversationList({ filter }: { readonly filter: ConversationFilter }) {
  return filter.search === '' && !filter.onlyContacts ? <LiveList /> : <FilteredList filter={filter} />;
}

function LiveList() {
  const { t } = useTranslation('messaging');
  const { items, isLoading, error, hasMore, loadMore } = useConversations();
  const [loading, setLoading] = useState(false);
  const more = () => {
    setLoading(true);
    void loadMore().finally(() => setLoading(false));
  };
  // It is fetched again by itself.
  if (error && items.length === 0) return <Failure error={error} />;
  if (isLoading && items.length === 0) return <Spinner />;
  if (items.length === 0) {
    return (
      <EmptyState
        icon="message"
        title={t('list.empty.title')}
        action={<ButtonLink to="/contacts/discover">{t('list.empty.discover')}</ButtonLink>}
      >
        {t('list.empty.text')}
      </EmptyState>
    );
  }
  return (
    <>
      <Items items={items} />
      <LoadMore hasMore={hasMore} loading={loading} onMore={more} />
    </>
  );
}

function FilteredList({ filter }: { readonly filter: ConversationFilter }) {
  const { t } = useTranslation('messaging');
  const pages = usePages(conversationList(filter), (conversation) => conversation.conversationWith);
  if (pages.error && pages.items.length === 0) return <Failure error={pages.error} retry={pages.retry} />;
  if (pages.loading) return <Spinner />;
  if (pages.items.length === 0) return <EmptyState icon="search" title={t('list.noMatch')} />;
  return (
    <>
      <Items items={pages.items} />
      <LoadMore hasMore={pages.hasMore} loading={pages.loadingMore} onMore={pages.loadMore} />
    </>
  );
}

function Items({ items }: { readonly items: readonly ConversationSummary[] }) {
  return (
    <ul className="conversations">
      {items.map((conversation) => (
        <Item key={conversation.conversationWith} conversation={conversation} />
      ))}
    </ul>
  );
}

function Item({ conversation }: { readonly conversation: ConversationSummary }) {
  const { t } = useTranslation('messaging');
  const account = useAccount();
  const { user, lastMessage, unreadCount } = conversation;
  const mine = lastMessage.senderId === account.id;
  return (
    <li>
      <NavLink
        to={`/messages/conversations/${conversation.conversationWith}`}
        className={unreadCount > 0 ? 'conversation-item conversation-unread' : 'conversation-item'}
      >
        <Avatar name={user.companyName} />
        <span className="conversation-item-name">{user.companyName}</span>
        <span className="conversation-item-time">
          <Time at={lastMessage.sentAt} />
        </span>
        <span className="conversation-item-last">
          {mine ? <Receipt readAt={lastMessage.readAt} /> : null}
          {mine ? <span className="visually-hidden">{t('log.you')}</span> : null} {lastMessage.content}
        </span>
        <span className="conversation-item-side">
          {conversation.isBlocked ? <Badge>{t('list.blocked')}</Badge> : null}
          <Count value={unreadCount} />
          {unreadCount > 0 ? <span className="visually-hidden">{t('list.unread', { count: unreadCount })}</span> : null}
        </span>
      </NavLink>
    </li>
  );
}
