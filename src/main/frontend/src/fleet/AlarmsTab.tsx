import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge, Button, Confirm, EmptyState, Menu, Time, useVoices } from '../components';
import { PagedList } from '../PagedList';
import { useProblemText } from '../problems';
import { Gone } from '../steady/News';
import { usePages } from '../usePages';
import { AlarmDialog } from './AlarmDialog';
import { AlarmProgress } from './AlarmProgress';
import { alarmList, deleteAlarm, fleetKeys, type MaintenanceAlarm } from './api';
import { HandleDialog } from './HandleDialog';
import { useShownMachine } from './useMachine';

type Open = { readonly what: 'new' } | { readonly what: 'edit' | 'handle' | 'delete'; readonly alarm: MaintenanceAlarm };

/** `/machines/:machineId/alarms` */
export function AlarmsTab() {
  const { t } = useTranslation('fleet');
  const { machine } = useShownMachine();
  const pages = usePages(alarmList(machine.id), (alarm) => alarm.id);
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  return (
    <section aria-labelledby="alarms-title">
      <header className="tab-head">
        <h2 id="alarms-title">{t('machine.tab.alarms')}</h2>
        <Button icon="plus" onClick={() => setOpen({ what: 'new' })}>
          {t('alarms.add')}
        </Button>
      </header>
      <PagedList
        pages={pages}
        className="alarms"
        empty={
          <EmptyState icon="wrench" title={t('alarms.none')}>
            {t('alarms.emptyText')}
          </EmptyState>
        }
      >
        {(alarm, gone) => <Alarm key={alarm.id} alarm={alarm} gone={gone} open={setOpen} />}
      </PagedList>
      {open?.what === 'new' ? <AlarmDialog machineId={machine.id} alarm={null} onClose={close} /> : null}
      {open?.what === 'edit' ? <AlarmDialog machineId={machine.id} alarm={open.alarm} onClose={close} /> : null}
      {open?.what === 'handle' ? <HandleDialog alarm={open.alarm} onClose={close} /> : null}
      {open?.what === 'delete' ? <Deletion alarm={open.alarm} onClose={close} /> : null}
    </section>
  );
}

interface AlarmProps {
  readonly alarm: MaintenanceAlarm;
  /** Was deleted elsewhere meanwhile. */
  readonly gone: boolean;
  readonly open: (what: Open) => void;
}

function Alarm({ alarm, gone, open }: AlarmProps) {
  const { t } = useTranslation('fleet');
  return (
    <li className={['card alarm', alarm.active ? '' : 'alarm-off', gone ? 'gone' : ''].join(' ').trim()}>
      <div className="alarm-head">
        <h3>
          {gone ? <Gone /> : null}
          {alarm.title}
        </h3>
        {alarm.pending > 0 ? <Badge tone="bad">{t('alarms.pending', { count: alarm.pending })}</Badge> : null}
        {alarm.active ? null : <Badge>{t('alarms.off')}</Badge>}
        <Menu
          label={t('alarms.menu', { title: alarm.title })}
          items={[
            { label: t('alarms.edit'), icon: 'edit', onSelect: () => open({ what: 'edit', alarm }) },
            { label: t('alarms.delete'), icon: 'trash', danger: true, onSelect: () => open({ what: 'delete', alarm }) },
          ]}
        />
      </div>
      <AlarmProgress alarm={alarm} />
      {alarm.description === null ? null : <p className="alarm-text">{alarm.description}</p>}
      {alarm.relatedParts.length === 0 ? null : (
        <ul className="parts" aria-label={t('alarms.parts')}>
          {alarm.relatedParts.map((part, index) => (
            <li key={index}>
              <Badge>{part}</Badge>
            </li>
          ))}
        </ul>
      )}
      <div className="alarm-foot">
        <p className="muted">
          {alarm.lastTriggeredAt === null ? (
            t('alarms.neverFired')
          ) : (
            <>
              {t('alarms.fired', { count: alarm.timesTriggered })} <Time at={alarm.lastTriggeredAt} />
            </>
          )}
          {alarm.lastHandledAt === null ? null : (
            <>
              {' · '}
              {t('alarms.handled')} <Time at={alarm.lastHandledAt} />
            </>
          )}
        </p>
        <Button
          small
          kind={alarm.pending > 0 ? 'primary' : 'secondary'}
          icon="check"
          aria-label={t('alarms.handleNamed', { title: alarm.title })}
          onClick={() => open({ what: 'handle', alarm })}
        >
          {t('alarms.handle')}
        </Button>
      </div>
    </li>
  );
}

function Deletion({ alarm, onClose }: { readonly alarm: MaintenanceAlarm; readonly onClose: () => void }) {
  const { t } = useTranslation('fleet');
  const queries = useQueryClient();
  const { toast } = useVoices();
  const textOf = useProblemText();
  const { mutate, isPending } = useMutation({
    mutationFn: () => deleteAlarm(alarm.machineId, alarm.id),
    onSuccess: () => toast(t('alarms.deleted'), { tone: 'good' }),
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: fleetKeys.one(alarm.machineId) });
      onClose();
    },
  });
  return (
    <Confirm
      title={t('alarms.deleteTitle', { title: alarm.title })}
      action={t('alarms.delete')}
      busy={isPending}
      onConfirm={() => mutate()}
      onClose={onClose}
    >
      <p>{t('alarms.deleteText')}</p>
    </Confirm>
  );
}
