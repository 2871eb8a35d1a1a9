import { useConnectionState } from '@fleetman/client';
import { useTranslation } from 'react-i18next';
import { Button } from '../components';

const TONES = {
  open: 'good',
  connecting: 'busy',
  waiting: 'busy',
  offline: 'bad',
  'signed-out': 'bad',
  superseded: 'bad',
  closed: 'busy',
} as const;

/** Whether what is shown is live. All of it always has its place, so nothing moves when it changes. */
export function ConnectionStatus() {
  const { t } = useTranslation();
  const { phase, reconnect } = useConnectionState();
  const manual = phase === 'waiting' || phase === 'superseded';
  return (
    <div className="connection">
      <span className={`connection-state connection-${TONES[phase]}`} role="status" title={t(`connection.${phase}.long`)}>
        <span className="connection-dot" aria-hidden="true" />
        <span className="connection-text">{t(`connection.${phase}.short`)}</span>
      </span>
      <Button small kind="quiet" className={manual ? 'connection-now' : 'connection-now unseen'} onClick={reconnect}>
        {t('connection.now')}
      </Button>
    </div>
  );
}
