import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Select, TextArea, TextField } from '../components';
import { type Wrong, wrongText } from '../forms';
import { usePages } from '../usePages';
import { alarmList, LIMITS, MANUAL_EVENT_TYPES, type ManualEventType, writeEvent } from './api';
import { FormDialog } from './FormDialog';

/** Writes into the machine's history what happened to it. */
export function EntryDialog({ machineId, onClose }: { readonly machineId: string; readonly onClose: () => void }) {
  const { t } = useTranslation('fleet');
  const [type, setType] = useState<ManualEventType>('INCIDENT');
  const [description, setDescription] = useState('');
  const [occurred, setOccurred] = useState('');
  const [alarmId, setAlarmId] = useState('');
  const handling = type === 'MAINTENANCE' || type === 'REPAIR';
  const alarms = usePages(alarmList(machineId), (alarm) => alarm.id, handling);
  const wrong: Wrong = {
    description: wrongText(description, LIMITS.eventDescription),
    occurredAt: occurred !== '' && Date.parse(occurred) > Date.now() ? 'in_the_future' : undefined,
  };
  const save = () =>
    writeEvent(machineId, {
      type,
      description: description.trim(),
      ...(occurred === '' ? {} : { occurredAt: new Date(occurred).toISOString() }),
      ...(handling && alarmId !== '' ? { alarmId } : {}),
    });
  return (
    <FormDialog
      machineId={machineId}
      title={t('history.write')}
      done={t('history.written')}
      wrong={wrong}
      save={save}
      onClose={onClose}
    >
      {(problem, changed) => (
        <>
          <Select
            label={t('history.field.type')}
            value={type}
            error={problem('type')}
            onChange={(event) => setType(event.target.value as ManualEventType)}
            choices={MANUAL_EVENT_TYPES.map((one) => ({ value: one, label: t(`event.${one}`) }))}
          />
          <TextArea
            label={t('history.field.description')}
            required
            value={description}
            error={problem('description')}
            onChange={(event) => {
              setDescription(event.target.value);
              changed();
            }}
          />
          <TextField
            label={t('history.field.occurredAt')}
            hint={t('history.field.occurredAtHint')}
            type="datetime-local"
            value={occurred}
            error={problem('occurredAt')}
            onChange={(event) => {
              setOccurred(event.target.value);
              changed();
            }}
          />
          {handling && alarms.items.length > 0 ? (
            <Select
              label={t('history.field.alarm')}
              hint={t('history.field.alarmHint')}
              value={alarmId}
              error={problem('alarmId')}
              onChange={(event) => setAlarmId(event.target.value)}
              choices={[
                { value: '', label: t('history.noAlarm') },
                ...alarms.items.map((alarm) => ({ value: alarm.id, label: alarm.title })),
              ]}
            />
          ) : null}
        </>
      )}
    </FormDialog>
  );
}
