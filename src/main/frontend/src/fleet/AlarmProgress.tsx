import { useTranslation } from 'react-i18next';
import { Badge } from '../components';
import { useFormats } from '../formats';
import type { MaintenanceAlarm } from './api';

/** How far the hours have come to the interval, in words and as a bar. */
export function AlarmProgress({ alarm, named = false }: { readonly alarm: MaintenanceAlarm; readonly named?: boolean }) {
  const { t } = useTranslation('fleet');
  const formats = useFormats();
  const part = Math.min(alarm.accumulatedHours / alarm.intervalHours, 1);
  const level = alarm.pending > 0 ? 'due' : part >= 0.9 ? 'near' : 'fine';
  return (
    <div className="alarm-progress">
      {named ? (
        <p className="alarm-progress-title">
          <span>{alarm.title}</span>
          {alarm.pending > 0 ? <Badge tone="bad">{t('alarms.pending', { count: alarm.pending })}</Badge> : null}
        </p>
      ) : null}
      <progress
        className={`meter meter-${level}`}
        max={alarm.intervalHours}
        value={Math.min(alarm.accumulatedHours, alarm.intervalHours)}
        aria-label={t('alarms.progressOf', { title: alarm.title })}
      />
      <p className="muted">
        {t('alarms.progress', {
          done: formats.number(alarm.accumulatedHours),
          interval: formats.hours(alarm.intervalHours),
        })}
      </p>
    </div>
  );
}
