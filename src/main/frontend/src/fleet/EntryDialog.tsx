import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, Select, TextArea, TextField, useVoices } from '../components';
import { focusFirstWrong, isWrong, useFieldText, type Wrong, wrongText } from '../forms';
import { useProblemText } from '../problems';
import { usePages } from '../usePages';
import { alarmList, fleetKeys, LIMITS, MANUAL_EVENT_TYPES, type ManualEventType, writeEvent } from './api';

/** Writes into the machine's history what happened to it. */
export function EntryDialog({ machineId, onClose }: { readonly machineId: string; readonly onClose: () => void }) {
  const { t } = useTranslation('fleet');
  const [type, setType] = useState<ManualEventType>('INCIDENT');
  const [description, setDescription] = useState('');
  const [occurred, setOccurred] = useState('');
  const [alarmId, setAlarmId] = useState('');
  const [submitted, setSubmitted] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const formId = useId();
  const queries = useQueryClient();
  const { toast } = useVoices();
  const textOf = useProblemText();
  const handling = type === 'MAINTENANCE' || type === 'REPAIR';
  const alarms = usePages(alarmList(machineId), (alarm) => alarm.id, handling);
  const wrong: Wrong = {
    description: wrongText(description, LIMITS.eventDescription),
    occurredAt: occurred !== '' && Date.parse(occurred) > Date.now() ? 'in_the_future' : undefined,
  };
  const writing = useMutation({
    mutationFn: () =>
      writeEvent(machineId, {
        type,
        description: description.trim(),
        ...(occurred === '' ? {} : { occurredAt: new Date(occurred).toISOString() }),
        ...(handling && alarmId !== '' ? { alarmId } : {}),
      }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: fleetKeys.one(machineId) });
      toast(t('history.written'), { tone: 'good' });
      onClose();
    },
    onError: () => focusFirstWrong(element.current),
  });
  const problem = useFieldText(submitted ? wrong : {}, writing.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSubmitted(true);
    if (isWrong(wrong)) focusFirstWrong(element.current);
    else if (!writing.isPending) writing.mutate();
  };
  return (
    <Dialog
      title={t('history.write')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('form.cancel')}</Button>
          <Button type="submit" form={formId} kind="primary" busy={writing.isPending}>
            {t('form.save')}
          </Button>
        </>
      }
    >
      <form ref={element} id={formId} className="form" noValidate onSubmit={submit}>
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
            writing.reset();
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
            writing.reset();
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
        {writing.error ? (
          <p className="form-problem" role="alert">
            {textOf(writing.error)}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
