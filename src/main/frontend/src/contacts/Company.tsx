import type { PublicProfile } from '@fleetman/client';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar, Badge } from '../components';
import { Gone } from '../steady/News';

interface CompanyProps {
  readonly user: PublicProfile;
  readonly note?: string;
  readonly blocked?: boolean;
  /** Is in the list no more. */
  readonly gone?: boolean;
  /** What can be done. */
  readonly children: ReactNode;
}

/** A company in a list. */
export function Company({ user, note, blocked, gone = false, children }: CompanyProps) {
  const { t } = useTranslation('contacts');
  return (
    <li className={gone ? 'company gone' : 'company'}>
      <Avatar name={user.companyName} />
      <div className="company-who">
        <p className="company-name">
          {gone ? <Gone /> : null}
          {user.companyName}
        </p>
        <p className="company-note">
          <Badge tone={user.type === 'PROVIDER' ? 'info' : 'neutral'}>{t(`type.${user.type}`)}</Badge>
          {note ? <span>{note}</span> : null}
          {blocked ? <Badge tone="warning">{t('blocked.badge')}</Badge> : null}
        </p>
      </div>
      <div className="company-actions">{children}</div>
    </li>
  );
}
