import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, RadioGroup, TextArea, useVoices } from '../components';
import { useFieldText, wrongOptionalText } from '../forms';
import { useProblemText } from '../problems';
import { fleetKeys, LIMITS, type MaintenanceAlarm, resetAlarm, writeEvent } from './api';

/** The maintenance was done: the alarm begins anew, and what was done goes into the machine's history. */
export function HandleDialog({ alarm, onClose }: { readonly alarm: MaintenanceAlarm; readonly onClose: () => void }) {
  const { t } = useTranslation('fleet');
  const [description, setDescription] = useState('');
  const [type, setType] = useState<'MAINTENANCE' | 'REPAIR'>('MAINTENANCE');
  const formId = useId();
  const queries = useQueryClient();
  const { toast } = useVoices();
  const textOf = useProblemText();
  const wrong = { description: wrongOptionalText(description, LIMITS.eventDescription) };
  const handling = useMutation({
    mutationFn: async () => {
      const text = description.trim();
      // Both end what the alarm has told; an entry says what was done, too.
      if (text === '') await resetAlarm(alarm.machineId, alarm.id);
      else await writeEvent(alarm.machineId, { type, description: text, alarmId: alarm.id });
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: fleetKeys.one(alarm.machineId) });
      toast(t('alarms.handledDone', { title: alarm.title }), { tone: 'good' });
      onClose();
    },
  });
  const problem = useFieldText(wrong, handling.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wrong.description === undefined && !handling.isPending) handling.mutate();
  };
  return (
    <Dialog
      title={t('alarms.handleTitle', { title: alarm.title })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('form.cancel')}</Button>
          <Button type="submit" form={formId} kind="primary" busy={handling.isPending}>
            {t('alarms.handle')}
          </Button>
        </>
      }
    >
      <form id={formId} className="form" noValidate onSubmit={submit}>
        <p>{t('alarms.handleText')}</p>
        <RadioGroup
          label={t('history.field.type')}
          name="type"
          value={type}
          choices={[
            { value: 'MAINTENANCE', label: t('event.MAINTENANCE') },
            { value: 'REPAIR', label: t('event.REPAIR') },
          ]}
          onChange={(value) => setType(value === 'REPAIR' ? 'REPAIR' : 'MAINTENANCE')}
        />
        <TextArea
          label={t('alarms.field.done')}
          hint={t('alarms.field.doneHint')}
          value={description}
          error={problem('description')}
          onChange={(event) => setDescription(event.target.value)}
        />
        {handling.error ? (
          <p className="form-problem" role="alert">
            {textOf(handling.error)}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
