import type { PublicProfile } from '@fleetman/client';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar, Badge } from '../components';

interface CompanyProps {
  readonly user: PublicProfile;
  readonly note?: string;
  readonly blocked?: boolean;
  /** What can be done. */
  readonly children: ReactNode;
}

/** A company in a list. */
export function Company({ user, note, blocked, children }: CompanyProps) {
  const { t } = useTranslation('contacts');
  return (
    <li className="company">
      <Avatar name={user.companyName} />
      <div className="company-who">
        <p className="company-name">{user.companyName}</p>
        <p className="company-note">
          <Badge tone={user.type === 'PROVIDER' ? 'info' : 'neutral'}>{t(`type.${user.type}`)}</Badge>
          {blocked ? <Badge tone="warning">{t('blocked.badge')}</Badge> : null}
          {note ? <span>{note}</span> : null}
        </p>
      </div>
      <div className="company-actions">{children}</div>
    </li>
  );
}
