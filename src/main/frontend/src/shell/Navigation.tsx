import { useCounts } from '@fleetman/client';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { Count, Icon } from '../components';
import type { IconName } from '../components';
import { hasAdminConsole } from '../adminConsole';
import { useAccount } from '../session';

interface Place {
  readonly to: string;
  readonly label: string;
  readonly icon: IconName;
  readonly unread?: number | undefined;
}

export function Navigation() {
  const { t } = useTranslation();
  const { roles } = useAccount();
  const counts = useCounts();
  const places: Place[] = [
    { to: '/inbox', label: t('nav.inbox'), icon: 'inbox', unread: counts?.notifications },
    { to: '/messages', label: t('nav.messages'), icon: 'message', unread: counts?.messages },
    { to: '/machines', label: t('nav.machines'), icon: 'machine' },
    { to: '/contacts', label: t('nav.contacts'), icon: 'contacts' },
  ];
  if (hasAdminConsole && roles.includes('ADMIN')) {
    places.push({ to: '/admin', label: t('nav.admin'), icon: 'shield' });
  }
  return (
    <nav className="navigation" aria-label={t('nav.label')}>
      <ul>
        {places.map((place) => (
          <li key={place.to}>
            <NavLink to={place.to} className="nav-link">
              <span className="nav-icon">
                <Icon name={place.icon} />
                <span className="count-place">
                  <Count value={place.unread} />
                </span>
              </span>
              <span className="nav-label">{place.label}</span>
              {place.unread ? <span className="visually-hidden">{t('nav.unread', { count: place.unread })}</span> : null}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
