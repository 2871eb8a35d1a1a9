import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, type ButtonKind } from '../components';
import type { Peer } from '../contacts/api';
import { useDecision } from '../contacts/useDecision';

interface StandingNoteProps {
  readonly peer: Peer;
  /** Whether there is something of theirs to be answered. */
  readonly written: boolean;
}

type Standing = 'blocked' | 'strangerWrote' | 'stranger';

function standingOf({ peer, written }: StandingNoteProps): Standing | null {
  if (peer.isBlocked) return 'blocked';
  if (peer.isContact || peer.isAccepted) return null;
  return written ? 'strangerWrote' : 'stranger';
}

/**
 * Why nothing can be sent to this user, as far as that is up to us, and what to do about it. Where it was not there when the
 * conversation was opened, it lies over the messages; where it was, and is needed no more, its place stays.
 */
export function StandingNote(props: StandingNoteProps) {
  const { peer } = props;
  const { t } = useTranslation('messaging');
  const { decide, busy } = useDecision();
  const now = standingOf(props);
  const [first] = useState(now);
  const [last, setLast] = useState(now);
  const [decided, setDecided] = useState(false);
  if (now !== null && now !== last) setLast(now);
  const standing = now ?? last;
  if (standing === null || (now === null && (first === null || decided))) return null;
  const name = peer.user.companyName;
  const button = (decision: 'unblock' | 'accept' | 'add' | 'block', kind: ButtonKind) => (
    <Button kind={kind} small busy={busy} onClick={() => decide(peer.userId, decision, () => setDecided(true))}>
      {t(`standing.${decision}`)}
    </Button>
  );
  return (
    <div
      key={standing}
      className={['standing', first === null ? 'standing-over' : '', now === null ? 'unseen' : ''].join(' ').trim()}
      role="status"
    >
      <p>{t(`standing.${standing}`, { name })}</p>
      <div className="standing-actions">
        {standing === 'blocked' ? button('unblock', 'secondary') : null}
        {standing === 'strangerWrote' ? button('accept', 'primary') : null}
        {standing === 'blocked' ? null : button('add', standing === 'stranger' ? 'primary' : 'secondary')}
        {standing === 'strangerWrote' ? button('block', 'quiet') : null}
      </div>
    </div>
  );
}
