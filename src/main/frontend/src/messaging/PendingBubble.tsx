import type { PendingMessage } from '@fleetman/client';
import { useTranslation } from 'react-i18next';
import { Button, Icon } from '../components';

interface PendingBubbleProps {
  readonly message: PendingMessage;
  readonly retry: () => void;
  readonly discard: () => void;
}

/** A message that the server has not taken yet; a failed one says why and can be sent again under the same key. */
export function PendingBubble({ message, retry, discard }: PendingBubbleProps) {
  const { t } = useTranslation('messaging');
  const { t: errors, i18n } = useTranslation('errors');
  const failed = message.status === 'failed';
  return (
    <li className={failed ? 'bubble bubble-mine bubble-failed' : 'bubble bubble-mine bubble-sending'}>
      <span className="visually-hidden">{t('log.you')}</span>
      <p className="bubble-text">{message.content}</p>
      {failed ? (
        <div className="bubble-failure" role="alert">
          <p>
            <Icon name="alert" size={16} /> {t('pending.failed')}{' '}
            {errors(message.code !== null && i18n.exists(message.code, { ns: 'errors' }) ? message.code : 'unreachable')}
          </p>
          <div className="bubble-actions">
            <Button small icon="refresh" onClick={retry}>
              {t('pending.retry')}
            </Button>
            <Button kind="quiet" small onClick={discard}>
              {t('pending.discard')}
            </Button>
          </div>
        </div>
      ) : (
        <p className="bubble-meta">{t('pending.sending')}</p>
      )}
    </li>
  );
}
