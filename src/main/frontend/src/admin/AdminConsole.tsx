import { useTranslation } from 'react-i18next';
import { NavLink, Route, Routes } from 'react-router';
import { EmptyState, Page } from '../components';
import { AnnouncementsPage } from './AnnouncementsPage';
import { AuditPage } from './AuditPage';
import { OverviewPage } from './OverviewPage';
import { SendPage } from './SendPage';
import { StreamsPage } from './StreamsPage';
import { UsersPage } from './UsersPage';
import './admin.css';

/** Below `/admin`, for administrators only. */
export default function AdminConsole() {
  const { t } = useTranslation('admin');
  return (
    <Page title={t('title')}>
      <nav className="subnav" aria-label={t('title')}>
        <NavLink to="/admin" end>
          {t('nav.overview')}
        </NavLink>
        <NavLink to="/admin/users">{t('nav.users')}</NavLink>
        <NavLink to="/admin/streams">{t('nav.streams')}</NavLink>
        <NavLink to="/admin/send">{t('nav.send')}</NavLink>
        <NavLink to="/admin/announcements">{t('nav.announcements')}</NavLink>
        <NavLink to="/admin/audit">{t('nav.audit')}</NavLink>
      </nav>
      <Routes>
        <Route index element={<OverviewPage />} />
        <Route path="users" element={<UsersPage />} />
        <Route path="streams" element={<StreamsPage />} />
        <Route path="send" element={<SendPage />} />
        <Route path="announcements" element={<AnnouncementsPage />} />
        <Route path="audit" element={<AuditPage />} />
        <Route path="*" element={<EmptyState icon="search" title={t('notFound.heading', { ns: 'shell' })} />} />
      </Routes>
    </Page>
  );
}
