import { useCounts } from '@fleetman/client';
import { useTranslation } from 'react-i18next';
import { Link, NavLink } from 'react-router';
import { Avatar, Count, Icon } from '../components';
import { useAccount } from '../session';
import { ConnectionStatus } from './ConnectionStatus';
import { Logo } from './Logo';

export function Header() {
  const { t } = useTranslation();
  const account = useAccount();
  return (
    <header className="header">
      <Link to="/inbox" className="brand" aria-label="FleetMan">
        <Logo />
        <span className="brand-name">FleetMan</span>
      </Link>
      <div className="header-end">
        <ConnectionStatus />
        <Bell />
        <NavLink to="/profile" className="header-account" aria-label={t('nav.profileOf', { name: account.companyName })}>
          <Avatar name={account.companyName} size="small" />
          <span className="header-name">{account.companyName}</span>
        </NavLink>
      </div>
    </header>
  );
}

/** The number is the server's, never counted here. */
export function Bell() {
  const { t } = useTranslation();
  const unread = useCounts()?.notifications;
  return (
    <Link
      to="/inbox"
      className="icon-button bell"
      aria-label={unread ? t('bell.unread', { count: unread }) : t('bell.none')}
      title={t('nav.inbox')}
    >
      <Icon name="bell" />
      <Count value={unread} />
    </Link>
  );
}
