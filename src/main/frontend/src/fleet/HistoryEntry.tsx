import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Icon, type IconName, Time } from '../components';
import { useFormats } from '../formats';
import type { MachineEvent, MachineEventType, UsageSchedule } from './api';

const ICONS: Record<MachineEventType, IconName> = {
  INCIDENT: 'alert',
  FAILURE: 'alert',
  STOP: 'ban',
  REPAIR: 'wrench',
  MAINTENANCE: 'wrench',
  MACHINE_CREATED: 'plus',
  MACHINE_UPDATED: 'edit',
  STATUS_CHANGED: 'refresh',
  PROVIDER_ASSIGNED: 'user',
  PROVIDER_REMOVED: 'user',
  MAINTENANCE_ALARM_CREATED: 'bell',
  MAINTENANCE_ALARM_UPDATED: 'bell',
  MAINTENANCE_ALARM_DELETED: 'trash',
  MAINTENANCE_ALARM_TRIGGERED: 'bell',
  MAINTENANCE_ALARM_RESET: 'check',
  QUICKCHECK_TEMPLATE_CHANGED: 'clipboard',
  QUICKCHECK_APPROVED: 'clipboard',
  QUICKCHECK_DISAPPROVED: 'clipboard',
  QUICKCHECK_NOT_INITIATED: 'clipboard',
};

const PRESSING: readonly MachineEventType[] = [
  'INCIDENT',
  'FAILURE',
  'STOP',
  'MAINTENANCE_ALARM_TRIGGERED',
  'QUICKCHECK_DISAPPROVED',
];

/** A line of a machine's history. */
export function HistoryEntry({ event }: { readonly event: MachineEvent }) {
  const { t, i18n } = useTranslation('fleet');
  const known = i18n.exists(`event.${event.type}`, { ns: 'fleet' });
  return (
    <li className={PRESSING.includes(event.type) ? 'history-entry history-pressing' : 'history-entry'}>
      <span className="history-icon">
        <Icon name={ICONS[event.type] ?? 'clock'} size={18} />
      </span>
      <div className="history-body">
        <p className="history-title">
          <strong>{known ? t(`event.${event.type}`) : event.type}</strong>
          <span className="muted">
            {event.actorName ?? t('history.system')} · <Time at={event.occurredAt} exact />
          </span>
        </p>
        <What event={event} />
      </div>
    </li>
  );
}

function What({ event }: { readonly event: MachineEvent }) {
  const { t } = useTranslation('fleet');
  const formats = useFormats();
  const { metadata } = event;
  const text = (field: string) => (typeof metadata[field] === 'string' ? (metadata[field] as string) : '');
  const number = (field: string) => (typeof metadata[field] === 'number' ? (metadata[field] as number) : 0);
  switch (event.type) {
    case 'STATUS_CHANGED':
      return (
        <p>
          {t('history.fromTo', { from: t(`status.${text('from')}`), to: t(`status.${text('to')}`) })}
        </p>
      );
    case 'PROVIDER_ASSIGNED':
    case 'PROVIDER_REMOVED':
      return <p>{text('providerName')}</p>;
    case 'MACHINE_CREATED':
      return (
        <p>
          {text('brand')} {text('model')} · {text('serialNumber')}
        </p>
      );
    case 'MACHINE_UPDATED':
      return <Changes changes={metadata['changes']} />;
    case 'MAINTENANCE_ALARM_TRIGGERED':
      return (
        <p>
          {t('history.triggered', { title: text('title'), hours: formats.hours(number('intervalHours')) })}
        </p>
      );
    case 'MAINTENANCE_ALARM_CREATED':
    case 'MAINTENANCE_ALARM_UPDATED':
    case 'MAINTENANCE_ALARM_DELETED':
    case 'MAINTENANCE_ALARM_RESET':
      return <p>{text('title')}</p>;
    case 'QUICKCHECK_TEMPLATE_CHANGED':
      return <p>{(Array.isArray(metadata['items']) ? metadata['items'] : []).join(', ')}</p>;
    case 'QUICKCHECK_APPROVED':
    case 'QUICKCHECK_DISAPPROVED':
    case 'QUICKCHECK_NOT_INITIATED':
      return (
        <p>
          <Link to={`/machines/${event.machineId}/quick-checks/${text('quickCheckId')}`}>
            {t('history.checked', {
              who: text('responsibleName'),
              approved: number('approvedCount'),
              disapproved: number('disapprovedCount'),
              omitted: number('omittedCount'),
            })}
          </Link>
        </p>
      );
    default:
      return text('description') === '' ? null : <p className="history-text">{text('description')}</p>;
  }
}

function Changes({ changes }: { readonly changes: unknown }) {
  const { t, i18n } = useTranslation('fleet');
  const formats = useFormats();
  if (typeof changes !== 'object' || changes === null) return null;
  const shown = (field: string, value: unknown): string => {
    if (value == null) return '–';
    if (field === 'usageSchedule') {
      const { dailyHours, operatingDays } = value as UsageSchedule;
      return `${formats.hours(dailyHours)}, ${operatingDays.map((day) => t(`dayShort.${day}`)).join(' ') || '–'}`;
    }
    return typeof value === 'number' ? formats.number(value) : String(value);
  };
  return (
    <ul className="plain">
      {Object.entries(changes as Record<string, { from: unknown; to: unknown }>).map(([field, { from, to }]) => (
        <li key={field}>
          {i18n.exists(`field.${field}`, { ns: 'fleet' }) ? t(`field.${field}`) : field}:{' '}
          {t('history.fromTo', { from: shown(field, from), to: shown(field, to) })}
        </li>
      ))}
    </ul>
  );
}
