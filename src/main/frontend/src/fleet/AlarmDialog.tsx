import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, TextArea, TextField, useVoices } from '../components';
import {
  focusFirstWrong,
  isWrong,
  parseNumber,
  useFieldText,
  type Wrong,
  wrongNumber,
  wrongOptionalText,
  wrongText,
} from '../forms';
import { useProblemText } from '../problems';
import { codePoints } from '../text';
import { type AlarmFields, changeAlarm, createAlarm, fleetKeys, LIMITS, type MaintenanceAlarm } from './api';

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
  const [submitted, setSubmitted] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const formId = useId();
  const queries = useQueryClient();
  const { toast } = useVoices();
  const textOf = useProblemText();
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
  const saving = useMutation({
    mutationFn: () => {
      const fields: AlarmFields = {
        title: form.title.trim(),
        description: form.description.trim() || null,
        relatedParts: parts,
        intervalHours: parseNumber(form.interval),
        accumulatedHours: parseNumber(form.accumulated),
        active: form.active,
      };
      return alarm ? changeAlarm(machineId, alarm.id, changed(alarm, fields)) : createAlarm(machineId, fields);
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: fleetKeys.one(machineId) });
      toast(t('alarms.saved'), { tone: 'good' });
      onClose();
    },
    onError: () => focusFirstWrong(element.current),
  });
  const problem = useFieldText(submitted ? wrong : {}, saving.error);
  const change = (changes: Partial<typeof form>) => {
    setForm({ ...form, ...changes });
    saving.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSubmitted(true);
    if (isWrong(wrong)) focusFirstWrong(element.current);
    else if (!saving.isPending) saving.mutate();
  };

  return (
    <Dialog
      title={t(alarm ? 'alarms.editTitle' : 'alarms.newTitle')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('form.cancel')}</Button>
          <Button type="submit" form={formId} kind="primary" busy={saving.isPending}>
            {t('form.save')}
          </Button>
        </>
      }
    >
      <form ref={element} id={formId} className="form" noValidate onSubmit={submit}>
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
        {saving.error ? (
          <p className="form-problem" role="alert">
            {textOf(saving.error)}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}

/** Hours that the daily run has added meanwhile must not be taken back by somebody who changed the title. */
function changed(alarm: MaintenanceAlarm, fields: AlarmFields): Partial<AlarmFields> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(alarm[field as keyof AlarmFields]),
    ),
  );
}
