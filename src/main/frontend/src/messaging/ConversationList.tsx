import { type ConversationSummary, useConversations } from '@fleetman/client';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { Avatar, Badge, ButtonLink, Count, EmptyState, Time } from '../components';
import { PagedList } from '../PagedList';
import { useAccount } from '../session';
import { Gone } from '../steady/News';
import { useSteady } from '../steady/useSteady';
import { type Pages, usePages } from '../usePages';
import { type ConversationFilter, conversationList } from './api';
import { Receipt } from './MessageLog';

/** The conversations, last activity first; without a filter straight from the live state. */
export function ConversationList({ filter }: { readonly filter: ConversationFilter }) {
  return filter.search === '' && !filter.onlyContacts ? <LiveList /> : <FilteredList filter={filter} />;
}

function LiveList() {
  const { t } = useTranslation('messaging');
  const account = useAccount();
  const { items, isLoading, error, hasMore, loadMore } = useConversations();
  const { rows, waiting, show } = useSteady(items, { of: account.id, idOf, hasMore });
  const [loading, setLoading] = useState(false);
  // Where the last word is the user's own there is no news.
  const news = items.filter((item) => waiting.includes(idOf(item)) && item.lastMessage.senderId !== account.id);
  const pages: Pages<ConversationSummary> = {
    items,
    rows,
    waiting: news.length,
    show,
    loading: isLoading,
    error,
    // It is fetched again by itself.
    retry: undefined,
    hasMore,
    loadingMore: loading,
    loadMore: () => {
      setLoading(true);
      void loadMore().finally(() => setLoading(false));
    },
  };
  return (
    <Items
      pages={pages}
      empty={
        <EmptyState
          icon="message"
          title={t('list.empty.title')}
          action={<ButtonLink to="/contacts/discover">{t('list.empty.discover')}</ButtonLink>}
        >
          {t('list.empty.text')}
        </EmptyState>
      }
    />
  );
}

function FilteredList({ filter }: { readonly filter: ConversationFilter }) {
  const { t } = useTranslation('messaging');
  const pages = usePages(conversationList(filter), idOf);
  return <Items pages={pages} empty={<EmptyState icon="search" title={t('list.noMatch')} />} />;
}

function idOf(conversation: ConversationSummary): string {
  return conversation.conversationWith;
}

function Items({ pages, empty }: { readonly pages: Pages<ConversationSummary>; readonly empty: ReactNode }) {
  return (
    <PagedList pages={pages} className="conversations" empty={empty}>
      {(conversation, gone) => <Item key={idOf(conversation)} conversation={conversation} gone={gone} />}
    </PagedList>
  );
}

function Item({ conversation, gone }: { readonly conversation: ConversationSummary; readonly gone: boolean }) {
  const { t } = useTranslation('messaging');
  const account = useAccount();
  const { user, lastMessage, unreadCount } = conversation;
  const mine = lastMessage.senderId === account.id;
  return (
    <li className={gone ? 'gone' : undefined}>
      <NavLink
        to={`/messages/conversations/${conversation.conversationWith}`}
        className={unreadCount > 0 ? 'conversation-item conversation-unread' : 'conversation-item'}
      >
        <Avatar name={user.companyName} />
        <span className="conversation-item-name">
          {gone ? <Gone /> : null}
          {user.companyName}
        </span>
        <span className="conversation-item-time">
          <Time at={lastMessage.sentAt} />
        </span>
        {/* Another message is another element, not the one before that has moved. */}
        <span key={lastMessage.id} className="conversation-item-last">
          {mine ? <Receipt readAt={lastMessage.readAt} /> : null}
          {mine ? <span className="visually-hidden">{t('log.you')}</span> : null} {lastMessage.content}
        </span>
        <span className="conversation-item-side">
          {conversation.isBlocked ? <Badge>{t('list.blocked')}</Badge> : null}
          <span className="count-place">
            <Count value={unreadCount} />
          </span>
          {unreadCount > 0 ? <span className="visually-hidden">{t('list.unread', { count: unreadCount })}</span> : null}
        </span>
      </NavLink>
    </li>
  );
}
