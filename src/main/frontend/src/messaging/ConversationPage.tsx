import { Problem, useConversation } from '@fleetman/client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'react-router';
import { Avatar, ButtonLink, EmptyState, Failure, Icon, Spinner } from '../components';
import { type Peer, peerQuery } from '../contacts/api';
import { PeerMenu } from '../contacts/PeerMenu';
import { useAccount } from '../session';
import { Composer } from './Composer';
import { MessageLog } from './MessageLog';
import { StandingNote } from './StandingNote';

/** `/messages/conversations/:userId` */
export function ConversationPage() {
  const { userId = '' } = useParams();
  const { t } = useTranslation('messaging');
  const { data: peer, error, refetch } = useQuery(peerQuery(userId));
  const account = useAccount();
  const back = <ButtonLink to="/messages">{t('conversation.back')}</ButtonLink>;

  if (error && !peer) {
    const unknown = error instanceof Problem && (error.status === 404 || error.code === 'invalid_uuid');
    return (
      <section className="conversation">
        <h1 className="visually-hidden">{t('title')}</h1>
        {unknown ? (
          <EmptyState icon="user" title={t('conversation.unknown.title')} action={back}>
            {t('conversation.unknown.text')}
          </EmptyState>
        ) : (
          <Failure error={error} retry={() => void refetch()} />
        )}
      </section>
    );
  }
  if (!peer) {
    return (
      <section className="conversation">
        <Spinner />
      </section>
    );
  }
  if (userId === account.id) {
    return (
      <section className="conversation">
        <h1 className="visually-hidden">{t('title')}</h1>
        <EmptyState icon="user" title={t('conversation.self')} action={back} />
      </section>
    );
  }
  // One component per conversation: nothing of one is ever shown in another.
  return <Conversation key={userId} peer={peer} ownId={account.id} />;
}

function Conversation({ peer, ownId }: { readonly peer: Peer; readonly ownId: string }) {
  const { t } = useTranslation('messaging');
  const conversation = useConversation(peer.userId);
  const name = peer.user.companyName;
  const heading = useRef<HTMLHeadingElement>(null);
  const { key } = useLocation();
  useEffect(() => {
    // Opened from a list, which may be gone now: who reads by ear begins here. After a reload the browser decides.
    if (key !== 'default') heading.current?.focus({ preventScroll: true });
  }, [key]);

  return (
    <section className="conversation" aria-labelledby="conversation-name">
      <title>{`${name} · FleetMan`}</title>
      <header className="conversation-head">
        <Link className="conversation-back" to="/messages" aria-label={t('conversation.back')}>
          <Icon name="back" />
        </Link>
        <Avatar name={name} />
        <div className="conversation-who">
          <h1 ref={heading} id="conversation-name" tabIndex={-1}>
            {name}
          </h1>
          {/* Always there, so that nothing moves when somebody begins to type. */}
          <p
            className={conversation.isTyping ? 'conversation-typing conversation-typing-now' : 'conversation-typing'}
            role="status"
          >
            {conversation.isTyping ? t('conversation.typing') : t(`conversation.type.${peer.user.type}`)}
          </p>
        </div>
        <PeerMenu peer={peer} />
      </header>
      {conversation.isLoading && conversation.messages.length === 0 ? (
        <Spinner />
      ) : conversation.error && conversation.messages.length === 0 ? (
        <Failure error={conversation.error} />
      ) : (
        <MessageLog
          peerId={peer.userId}
          name={name}
          messages={conversation.messages}
          pending={conversation.pending}
          hasMore={conversation.hasMore}
          loadMore={conversation.loadMore}
          retry={(key) => void conversation.retry(key)}
          discard={conversation.discard}
          markRead={conversation.markRead}
        />
      )}
      <StandingNote key={key} peer={peer} written={conversation.messages.some((message) => message.senderId === peer.userId)} />
      <Composer
        draftKey={`${ownId}/${peer.userId}`}
        name={name}
        send={(content) => void conversation.send(content)}
        tellTyping={mayWrite(peer) ? conversation.tellTyping : () => undefined}
      />
    </section>
  );
}

function mayWrite(peer: Peer): boolean {
  return !peer.isBlocked && (peer.isContact || peer.isAccepted);
}
