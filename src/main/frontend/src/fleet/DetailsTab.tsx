import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Icon, Time } from '../components';
import { useFormats } from '../formats';
import { Gone, News } from '../steady/News';
import { useSteady } from '../steady/useSteady';
import { usePages } from '../usePages';
import { AlarmProgress } from './AlarmProgress';
import { alarmList, checkList, DAYS } from './api';
import { CompanyName } from './CompanyName';
import { ResultBadge } from './StatusBadge';
import { useShownMachine } from './useMachine';

/** `/machines/:machineId` */
export function DetailsTab() {
  const { t } = useTranslation('fleet');
  const formats = useFormats();
  const { machine } = useShownMachine();
  const { dailyHours, operatingDays } = machine.usageSchedule;
  const facts: readonly [string, React.ReactNode][] = [
    ['serialNumber', machine.serialNumber],
    ['brand', machine.brand],
    ['model', machine.model],
    ['nickname', machine.nickname ?? '–'],
    ['ownerId', <CompanyName key="owner" id={machine.ownerId} />],
    [
      'assignedProviderId',
      machine.assignedProviderId === null ? (
        t('machine.noProvider')
      ) : (
        <CompanyName key="provider" id={machine.assignedProviderId} />
      ),
    ],
    ['operatingHours', formats.hours(machine.operatingHours)],
    [
      'usageSchedule',
      operatingDays.length === 0
        ? t('machine.noDays')
        : t('machine.schedule', {
            hours: formats.hours(dailyHours),
            days:
              operatingDays.length === DAYS.length
                ? t('machine.everyDay')
                : operatingDays.map((day) => t(`dayShort.${day}`)).join(', '),
          }),
    ],
    ['timezone', machine.timezone.replaceAll('_', ' ')],
    ['createdAt', <Time key="created" at={machine.createdAt} exact />],
    ['updatedAt', <Time key="updated" at={machine.updatedAt} exact />],
  ];
  return (
    <div className="details">
      <section className="card" aria-labelledby="details-title">
        <h2 id="details-title">{t('machine.tab.details')}</h2>
        <dl className="facts">
          {facts.map(([field, value]) => (
            <div key={field}>
              <dt>{t(`field.${field}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <div className="details-side">
        <LatestCheck />
        {/* The one whose height changes is the last one. */}
        <NextAlarms />
      </div>
    </div>
  );
}

const NEAREST = 3;

/** The alarms that are due, or will be first. */
function NextAlarms() {
  const { t } = useTranslation('fleet');
  const { machine } = useShownMachine();
  const { items, loading, hasMore } = usePages(alarmList(machine.id), (alarm) => alarm.id);
  const nearest = useMemo(
    () =>
      items
        .filter((alarm) => alarm.active || alarm.pending > 0)
        .sort((a, b) => b.pending - a.pending || left(a) - left(b))
        .slice(0, NEAREST),
    [items],
  );
  const { rows, waiting, show } = useSteady(nearest, { of: machine.id, idOf: (alarm) => alarm.id, hasMore: false });
  const list = useRef<HTMLUListElement>(null);
  return (
    <section className="card" aria-labelledby="next-alarms">
      <header className="card-head">
        <h2 id="next-alarms">{t('alarms.next')}</h2>
        <News count={waiting.length} onShow={show} list={list} />
      </header>
      {loading ? <p className="muted card-waits">…</p> : null}
      {!loading && rows.length === 0 ? <p className="muted">{t('alarms.none')}</p> : null}
      <ul ref={list} className="plain">
        {rows.map(({ item: alarm, gone }) => (
          <li key={alarm.id} className={gone ? 'gone' : undefined}>
            {gone ? <Gone /> : null}
            <AlarmProgress alarm={alarm} named />
          </li>
        ))}
      </ul>
      <Link className="card-link" to={`/machines/${machine.id}/alarms`}>
        {items.length > rows.length || hasMore ? t('alarms.all') : t('alarms.manage')}{' '}
        <Icon name="chevron" size={16} />
      </Link>
    </section>
  );
}

function left(alarm: { readonly intervalHours: number; readonly accumulatedHours: number }): number {
  return alarm.intervalHours - alarm.accumulatedHours;
}

function LatestCheck() {
  const { t } = useTranslation('fleet');
  const { machine } = useShownMachine();
  const { items, loading } = usePages(checkList(machine.id, ''), (check) => check.id);
  const latest = items[0];
  return (
    <section className="card latest" aria-labelledby="latest-check">
      <h2 id="latest-check">{t('check.latest')}</h2>
      {loading ? <p className="muted card-waits">…</p> : null}
      {!loading && !latest ? <p className="muted">{t('check.none')}</p> : null}
      {latest ? (
        // Another check is another element, not the one before that has moved.
        <p key={latest.id} className="latest-check">
          <ResultBadge result={latest.result} />
          <Link to={`/machines/${machine.id}/quick-checks/${latest.id}`}>
            <Time at={latest.executedAt} exact />
          </Link>
          <span className="muted">{latest.responsibleName}</span>
        </p>
      ) : null}
      <Link className="card-link" to={`/machines/${machine.id}/quick-checks`}>
        {t('check.all')} <Icon name="chevron" size={16} />
      </Link>
    </section>
  );
}
