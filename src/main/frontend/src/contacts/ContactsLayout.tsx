import { useTranslation } from 'react-i18next';
import { NavLink, Outlet } from 'react-router';
import { Page } from '../components';
import './contacts.css';

/** `/contacts`: the own ones, all companies, and those that were blocked. */
export function ContactsLayout() {
  const { t } = useTranslation('contacts');
  return (
    <Page title={t('title')}>
      <nav className="subnav" aria-label={t('title')}>
        <NavLink to="/contacts" end>
          {t('nav.contacts')}
        </NavLink>
        <NavLink to="/contacts/discover">{t('nav.discover')}</NavLink>
        <NavLink to="/contacts/blocked">{t('nav.blocked')}</NavLink>
      </nav>
      <Outlet />
    </Page>
  );
}
