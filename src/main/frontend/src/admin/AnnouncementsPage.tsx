import { useTranslation } from 'react-i18next';
import { Badge, EmptyState, Time } from '../components';
import { PagedList } from '../PagedList';
import { usePages } from '../usePages';
import { announcementList } from './api';

/** `/admin/announcements`: what everybody, or everybody of a role, was told. */
export function AnnouncementsPage() {
  const { t } = useTranslation('admin');
  const pages = usePages(announcementList(), (announcement) => announcement.id);
  return (
    <PagedList pages={pages} className="rows" empty={<EmptyState icon="bell" title={t('announcements.none')} />}>
      {(announcement) => (
        <li key={announcement.id} className="row-card">
          <div className="row-main">
            <p>
              <strong>{announcement.title}</strong>{' '}
              <Badge tone={announcement.priority === 'URGENT' ? 'bad' : 'neutral'}>
                {t(`priority.${announcement.priority}`)}
              </Badge>
            </p>
            <p className="history-text">{announcement.message}</p>
            <p className="muted">
              {announcement.audience == null ? t('send.all') : t(`send.role.${announcement.audience}`)} ·{' '}
              <Time at={announcement.createdAt} exact />
            </p>
          </div>
        </li>
      )}
    </PagedList>
  );
}
