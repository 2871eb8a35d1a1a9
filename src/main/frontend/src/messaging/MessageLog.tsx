import type { Message, PendingMessage } from '@fleetman/client';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../components';
import { useFormats } from '../formats';
import { OlderMessages } from './OlderMessages';
import { PendingBubble } from './PendingBubble';
import { useLogScroll } from './useLogScroll';
import { useReadWhenSeen } from './useReadWhenSeen';

interface MessageLogProps {
  readonly peerId: string;
  readonly name: string;
  readonly messages: readonly Message[];
  readonly pending: readonly PendingMessage[];
  readonly hasMore: boolean;
  readonly loadMore: () => Promise<void>;
  readonly retry: (key: string) => void;
  readonly discard: (key: string) => void;
  readonly markRead: (messageId?: string) => Promise<void>;
}

/** The messages of a conversation, oldest first and by day, and at the end those that are on their way. */
export function MessageLog(props: MessageLogProps) {
  const { peerId, name, messages, pending, hasMore, loadMore, retry, discard, markRead } = props;
  const { t } = useTranslation('messaging');
  const formats = useFormats();
  const box = useRef<HTMLDivElement>(null);
  const last = messages.at(-1);
  const own = messages.reduce((count, message) => count + (message.senderId === peerId ? 0 : 1), 0);
  const { atEnd, toEnd } = useLogScroll(box, {
    firstId: messages[0]?.id ?? null,
    endKey: `${last?.id ?? ''}/${pending.map((one) => one.key + one.status).join()}`,
    ownCount: pending.length === 0 ? 0 : own + pending.length,
  });
  useReadWhenSeen(peerId, messages, atEnd, markRead);
  const days = useMemo(() => byDay(messages), [messages]);
  const unseen = last !== undefined && last.senderId === peerId && last.readAt === null;

  return (
    <div className="log-frame">
      {/* A box that scrolls must be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="log" ref={box} role="log" aria-live="off" tabIndex={0} aria-label={t('log.label', { name })}>
        {hasMore ? <OlderMessages box={box} load={loadMore} /> : null}
        {!hasMore && messages.length > 0 ? <p className="log-start">{t('log.start', { name })}</p> : null}
        {messages.length === 0 && pending.length === 0 ? (
          <p className="log-start">{t('log.empty', { name })}</p>
        ) : null}
        {days.map(({ day, items }) => (
          <section key={day} aria-label={formats.day(items[0]?.sentAt ?? day)}>
            <h2 className="log-day">
              <span>{formats.day(items[0]?.sentAt ?? day)}</span>
            </h2>
            <ol className="log-list">
              {items.map((message) => (
                <Bubble key={message.id} message={message} mine={message.senderId !== peerId} name={name} />
              ))}
            </ol>
          </section>
        ))}
        {pending.length > 0 ? (
          <ol className="log-list" aria-label={t('log.pending')}>
            {pending.map((one) => (
              <PendingBubble
                key={one.key}
                message={one}
                retry={() => retry(one.key)}
                discard={() => discard(one.key)}
              />
            ))}
          </ol>
        ) : null}
      </div>
      {!atEnd ? (
        <Button className="log-to-end" small kind={unseen ? 'primary' : 'secondary'} onClick={toEnd}>
          <span aria-hidden="true">↓</span>
          {/* Another text is another element, not the one before that has moved. */}
          <span key={String(unseen)}>{unseen ? t('log.newMessages') : t('log.toEnd')}</span>
        </Button>
      ) : null}
    </div>
  );
}

interface BubbleProps {
  readonly message: Message;
  readonly mine: boolean;
  readonly name: string;
}

function Bubble({ message, mine, name }: BubbleProps) {
  const { t } = useTranslation('messaging');
  const formats = useFormats();
  return (
    <li className={mine ? 'bubble bubble-mine' : 'bubble'}>
      <span className="visually-hidden">{mine ? t('log.you') : t('log.they', { name })}</span>
      <p className="bubble-text">{message.content}</p>
      <p className="bubble-meta">
        <time dateTime={message.sentAt} title={formats.dateTime(message.sentAt)}>
          {formats.time(message.sentAt)}
        </time>
        {mine ? <Receipt readAt={message.readAt} /> : null}
      </p>
    </li>
  );
}

/** ✓ it is in the other one's inbox, ✓✓ they have read it. */
export function Receipt({ readAt }: { readonly readAt: string | null }) {
  const { t } = useTranslation('messaging');
  const formats = useFormats();
  const text = readAt === null ? t('receipt.sent') : t('receipt.readAt', { time: formats.dateTime(readAt) });
  return (
    <span className={readAt === null ? 'receipt' : 'receipt receipt-read'} title={text}>
      <span aria-hidden="true">{readAt === null ? '✓' : '✓✓'}</span>
      <span className="visually-hidden">{text}</span>
    </span>
  );
}

/** Messages by the local day on which they were sent. */
function byDay(messages: readonly Message[]): readonly { day: string; items: readonly Message[] }[] {
  const days: { day: string; items: Message[] }[] = [];
  for (const message of messages) {
    const day = new Date(message.sentAt).toDateString();
    const current = days.at(-1);
    if (current?.day === day) current.items.push(message);
    else days.push({ day, items: [message] });
  }
  return days;
}
