import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextArea, TextField } from '../components';
import { parseNumber, type Wrong, wrongNumber, wrongOptionalText, wrongText } from '../forms';
import { codePoints } from '../text';
import { type AlarmFields, changeAlarm, createAlarm, LIMITS, type MaintenanceAlarm } from './api';
import { FormDialog } from './FormDialog';

interface AlarmDialogProps {
  readonly machineId: string;
  /** To be changed; null for a new one. */
  readonly alarm: MaintenanceAlarm | null;
  readonly onClose: () => void;
}

export function AlarmDialog({ machineId, alarm, onClose }: AlarmDialogProps) {
  const { t } = useTranslation('fleet');
  const [form, setForm] = useState({
    title: alarm?.title ?? '',
    description: alarm?.description ?? '',
    // One a line: a part's name may have a comma.
    parts: alarm?.relatedParts.join('\n') ?? '',
    interval: alarm ? String(alarm.intervalHours) : '',
    accumulated: alarm ? String(alarm.accumulatedHours) : '0',
    active: alarm?.active ?? true,
  });
  const parts = form.parts.split('\n').map((part) => part.trim()).filter((part) => part !== '');
  const wrong: Wrong = {
    title: wrongText(form.title, LIMITS.alarmTitle),
    description: wrongOptionalText(form.description, LIMITS.alarmDescription),
    relatedParts:
      parts.length > LIMITS.alarmParts
        ? 'too_many'
        : parts.some((part) => codePoints(part) > LIMITS.alarmPart)
          ? 'too_long'
          : undefined,
    intervalHours: wrongNumber(form.interval, 1, LIMITS.alarmInterval, 0),
    accumulatedHours: wrongNumber(form.accumulated, 0, LIMITS.hours),
  };
  const save = () => {
    const fields: AlarmFields = {
      title: form.title.trim(),
      description: form.description.trim() || null,
      relatedParts: parts,
      intervalHours: parseNumber(form.interval),
      accumulatedHours: parseNumber(form.accumulated),
      active: form.active,
    };
    return alarm ? changeAlarm(machineId, alarm.id, differing(alarm, fields)) : createAlarm(machineId, fields);
  };

  return (
    <FormDialog
      machineId={machineId}
      title={t(alarm ? 'alarms.editTitle' : 'alarms.newTitle')}
      done={t('alarms.saved')}
      wrong={wrong}
      save={save}
      onClose={onClose}
    >
      {(problem, changed) => {
        const change = (changes: Partial<typeof form>) => {
          setForm({ ...form, ...changes });
          changed();
        };
        return (
          <>
            <TextField
              label={t('alarms.field.title')}
              required
              value={form.title}
              error={problem('title')}
              onChange={(event) => change({ title: event.target.value })}
            />
            <div className="form-grid">
              <TextField
                label={t('alarms.field.interval')}
                hint={t('alarms.field.intervalHint')}
                inputMode="numeric"
                required
                value={form.interval}
                error={problem('intervalHours')}
                onChange={(event) => change({ interval: event.target.value })}
              />
              <TextField
                label={t('alarms.field.accumulated')}
                hint={t('alarms.field.accumulatedHint')}
                inputMode="decimal"
                required
                value={form.accumulated}
                error={problem('accumulatedHours')}
                onChange={(event) => change({ accumulated: event.target.value })}
              />
            </div>
            <TextArea
              label={t('alarms.field.description')}
              value={form.description}
              error={problem('description')}
              onChange={(event) => change({ description: event.target.value })}
            />
            <TextArea
              label={t('alarms.parts')}
              hint={t('alarms.field.partsHint')}
              value={form.parts}
              error={problem('relatedParts')}
              onChange={(event) => change({ parts: event.target.value })}
            />
            <label className="check">
              <input
                type="checkbox"
                checked={form.active}
                onChange={(event) => change({ active: event.target.checked })}
              />
              <span>{t('alarms.field.active')}</span>
            </label>
          </>
        );
      }}
    </FormDialog>
  );
}

/** Hours that the daily run has added meanwhile must not be taken back by somebody who changed the title. */
function differing(alarm: MaintenanceAlarm, fields: AlarmFields): Partial<AlarmFields> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(alarm[field as keyof AlarmFields]),
    ),
  );
}
