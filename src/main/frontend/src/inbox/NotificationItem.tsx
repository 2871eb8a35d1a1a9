import type { FleetNotification } from '@fleetman/client';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Badge, Icon, Menu, Time } from '../components';
import type { IconName, MenuItem } from '../components';
import { Gone } from '../steady/News';
import type { Change } from './filter';
import { useNotificationText } from './texts';

type Tone = 'plain' | 'good' | 'warning' | 'bad';

function look({ type, source, metadata }: FleetNotification): readonly [IconName, Tone] {
  switch (type) {
    case 'NEW_MESSAGE':
      return ['message', 'plain'];
    case 'MAINTENANCE_ALERT':
      return ['wrench', 'warning'];
    case 'QUICKCHECK_APPROVED':
      return ['clipboard', 'good'];
    case 'QUICKCHECK_DISAPPROVED':
      return ['clipboard', 'bad'];
    case 'QUICKCHECK_NOT_INITIATED':
      return ['clipboard', 'plain'];
    case 'MACHINE_EVENT':
      return metadata['eventType'] === 'FAILURE' || metadata['eventType'] === 'INCIDENT' ? ['alert', 'bad'] : ['machine', 'plain'];
    default:
      return source === 'FLEET' ? ['machine', 'plain'] : ['bell', 'plain'];
  }
}

/** The names of the items that a check did not pass. */
function failedItems({ metadata }: FleetNotification): string[] {
  const items = metadata['failedItems'];
  return Array.isArray(items)
    ? items.map((item: unknown) => (item as { name?: unknown } | null)?.name).filter((name) => typeof name === 'string')
    : [];
}

/** Only ever a page of this application. */
export function pageOf(actionUrl: string | null): string | null {
  return actionUrl?.startsWith('/') && !actionUrl.startsWith('//') ? actionUrl : null;
}

export function NotificationItem({
  item,
  gone,
  onChange,
  onOpen,
}: {
  item: FleetNotification;
  /** Archived or deleted elsewhere meanwhile. */
  gone: boolean;
  onChange: (change: Change) => void;
  onOpen: () => void;
}) {
  const { t } = useTranslation('inbox');
  const { title, body } = useNotificationText()(item);
  const [icon, tone] = look(item);
  const unread = item.readAt === null && item.archivedAt === null;
  const page = pageOf(item.actionUrl);
  const failed = failedItems(item);

  const actions: MenuItem[] = [];
  if (item.archivedAt !== null) {
    actions.push({ label: t('restore'), icon: 'inbox', onSelect: () => onChange('unread') });
  } else {
    actions.push(
      unread
        ? { label: t('markRead'), icon: 'check', onSelect: () => onChange('read') }
        : { label: t('markUnread'), icon: 'unread', onSelect: () => onChange('unread') },
      { label: t('archive'), icon: 'archive', onSelect: () => onChange('archived') },
    );
  }
  actions.push({ label: t('delete'), icon: 'trash', danger: true, onSelect: () => onChange('deleted') });

  const heading = (
    <>
      {gone && <Gone />}
      {unread && !gone && <span className="visually-hidden">{t('unreadMark')}: </span>}
      {title}
    </>
  );
  return (
    <article className={unread ? 'notification notification-unread' : 'notification'}>
      <span className={`notification-icon notification-icon-${tone}`}>
        <Icon name={icon} />
      </span>
      <div>
        <h2 className="notification-title">
          {page === null ? (
            <button type="button" className="notification-link" onClick={onOpen}>
              {heading}
            </button>
          ) : (
            <Link to={page} className="notification-link" onClick={onOpen}>
              {heading}
            </Link>
          )}
        </h2>
        {body && <p className="notification-text">{body}</p>}
        {failed.length > 0 && <p className="notification-text">{t('failedItems', { items: failed.join(', ') })}</p>}
        <div className="notification-meta">
          {(item.priority === 'HIGH' || item.priority === 'URGENT') && (
            <Badge tone={item.priority === 'URGENT' ? 'bad' : 'warning'}>{t(`priorities.${item.priority}`)}</Badge>
          )}
          <Time at={item.createdAt} />
          {item.archivedAt !== null && <Badge>{t('archived')}</Badge>}
        </div>
      </div>
      {gone ? (
        <span className="notification-gone">
          <Icon name="ban" />
        </span>
      ) : (
        <Menu label={t('actions', { title })} items={actions} />
      )}
    </article>
  );
}
