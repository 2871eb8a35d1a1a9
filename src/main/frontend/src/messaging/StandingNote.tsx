import { useTranslation } from 'react-i18next';
import { Button } from '../components';
import type { Peer } from '../contacts/api';
import { useDecision } from '../contacts/useDecision';

interface StandingNoteProps {
  readonly peer: Peer;
  /** Whether there is something of theirs to be answered. */
  readonly written: boolean;
}

/** Why nothing can be sent to this user, as far as that is up to us, and what to do about it. */
export function StandingNote({ peer, written }: StandingNoteProps) {
  const { t } = useTranslation('messaging');
  const { decide, busy } = useDecision();
  const name = peer.user.companyName;

  if (peer.isBlocked) {
    return (
      <div className="standing" role="status">
        <p>{t('standing.blocked', { name })}</p>
        <div className="standing-actions">
          <Button small busy={busy} onClick={() => decide(peer.userId, 'unblock')}>
            {t('standing.unblock')}
          </Button>
        </div>
      </div>
    );
  }
  if (peer.isContact || peer.isAccepted) return null;
  return (
    <div className="standing" role="status">
      <p>{written ? t('standing.strangerWrote', { name }) : t('standing.stranger', { name })}</p>
      <div className="standing-actions">
        {written ? (
          <Button kind="primary" small busy={busy} onClick={() => decide(peer.userId, 'accept')}>
            {t('standing.accept')}
          </Button>
        ) : null}
        <Button
          kind={written ? 'secondary' : 'primary'}
          small
          busy={busy}
          onClick={() => decide(peer.userId, 'add')}
        >
          {t('standing.add')}
        </Button>
        {written ? (
          <Button kind="quiet" small busy={busy} onClick={() => decide(peer.userId, 'block')}>
            {t('standing.block')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
