import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm, Menu, type MenuItem } from '../components';
import type { Peer } from './api';
import { useDecision } from './useDecision';

/** What can be decided about somebody. */
export function PeerMenu({ peer }: { readonly peer: Pick<Peer, 'userId' | 'user' | 'isContact' | 'isBlocked'> }) {
  const { t } = useTranslation('contacts');
  const { decide, busy } = useDecision();
  const [asking, setAsking] = useState(false);
  const name = peer.user.companyName;
  const items: MenuItem[] = [
    peer.isContact
      ? { label: t('action.remove'), icon: 'close', onSelect: () => decide(peer.userId, 'remove') }
      : { label: t('action.add'), icon: 'plus', onSelect: () => decide(peer.userId, 'add') },
    peer.isBlocked
      ? { label: t('action.unblock'), icon: 'check', onSelect: () => decide(peer.userId, 'unblock') }
      : { label: t('action.block'), icon: 'ban', danger: true, onSelect: () => setAsking(true) },
  ];
  return (
    <>
      <Menu label={t('action.menu', { name })} items={items} />
      {asking ? (
        <Confirm
          title={t('block.title', { name })}
          action={t('action.block')}
          busy={busy}
          onConfirm={() => decide(peer.userId, 'block', () => setAsking(false))}
          onClose={() => setAsking(false)}
        >
          <p>{t('block.text')}</p>
        </Confirm>
      ) : null}
    </>
  );
}
