import { useTranslation } from 'react-i18next';
import { Badge, EmptyState, Failure, LoadMore, Spinner, Time } from '../components';
import { usePages } from '../usePages';
import { announcementList } from './api';

/** `/admin/announcements`: what everybody, or everybody of a role, was told. */
export function AnnouncementsPage() {
  const { t } = useTranslation('admin');
  const pages = usePages(announcementList(), (announcement) => announcement.id);
  if (pages.loading) return <Spinner />;
  if (pages.error && pages.items.length === 0) return <Failure error={pages.error} retry={pages.retry} />;
  return (
    <section aria-label={t('nav.announcements')}>
      {pages.items.length === 0 ? <EmptyState icon="bell" title={t('announcements.none')} /> : null}
      <ul className="rows">
        {pages.items.map((announcement) => (
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
        ))}
      </ul>
      <LoadMore hasMore={pages.hasMore} loading={pages.loadingMore} onMore={pages.loadMore} />
    </section>
  );
}
