import { idempotencyKey, Problem } from '@fleetman/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Button, ButtonLink, TextArea, TextField, useVoices } from '../components';
import { focusFirstWrong, isWrong, useFieldText, type Wrong, wrongOptionalText, wrongText } from '../forms';
import { useProblemText } from '../problems';
import { useAccount } from '../session';
import {
  fleetKeys,
  type ItemResult,
  LIMITS,
  type NewQuickCheck,
  type QuickCheckTemplate,
  recordCheck,
  resultOf,
} from './api';
import { type Finding, CheckItemField } from './CheckItemField';
import { ResultBadge } from './StatusBadge';

const NOT_YET: Finding = { result: null, note: '' };

interface CheckFormProps {
  readonly machineId: string;
  readonly template: QuickCheckTemplate;
}

/** Records a quick check. Whatever happens to an answer, sending it again records it once. */
export function CheckForm({ machineId, template }: CheckFormProps) {
  const { t } = useTranslation('fleet');
  const account = useAccount();
  // Of this form, as long as it is open: a check that was recorded under it is never recorded twice.
  const [key] = useState(idempotencyKey);
  const [findings, setFindings] = useState<Readonly<Record<string, Finding>>>({});
  const [person, setPerson] = useState(() => rememberedPerson(account.id));
  const [observations, setObservations] = useState('');
  const [submitted, setSubmitted] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { toast } = useVoices();
  const textOf = useProblemText();

  const names = template.items.map((item) => item.name);
  const items = names.map((name) => ({ name, ...(findings[name] ?? NOT_YET) }));
  const open = items.filter((item) => item.result === null).length;
  const decided = items.flatMap(({ name, result, note }) =>
    result === null ? [] : [{ name, result, ...(note.trim() === '' ? {} : { note: note.trim() }) }],
  );
  const wrong: Wrong = {
    ...Object.fromEntries(items.map((item, index) => [`items.${index}.result`, item.result ? undefined : 'required'])),
    ...Object.fromEntries(
      items.map((item, index) => [`items.${index}.note`, wrongOptionalText(item.note, LIMITS.checkNote)]),
    ),
    responsibleName: wrongText(person.name, LIMITS.responsibleName),
    responsibleWorkerId: wrongText(person.workerId, LIMITS.responsibleWorkerId),
    observations: wrongOptionalText(observations, LIMITS.observations),
  };

  const recording = useMutation({
    mutationFn: () => {
      const text = observations.trim();
      const check: NewQuickCheck = {
        result: resultOf(decided),
        items: decided,
        responsibleName: person.name.trim(),
        responsibleWorkerId: person.workerId.trim(),
        ...(text === '' ? {} : { observations: text }),
      };
      return recordCheck(machineId, check, key);
    },
    onSuccess: (check) => {
      rememberPerson(account.id, person);
      queries.setQueryData(fleetKeys.check(machineId, check.id), check);
      void queries.invalidateQueries({ queryKey: fleetKeys.one(machineId) });
      toast(t('check.recorded'), { tone: 'good' });
      void navigate(`/machines/${machineId}/quick-checks/${check.id}`, { replace: true });
    },
    onError: (error) => {
      // The template is another by now; the answers that still fit stay.
      if (error instanceof Problem && error.errors.some((one) => one.field.startsWith('items'))) {
        void queries.invalidateQueries({ queryKey: fleetKeys.template(machineId) });
      }
      focusFirstWrong(element.current);
    },
  });
  const problem = useFieldText(submitted ? wrong : {}, recording.error);

  const find = (name: string, finding: Finding) => {
    setFindings({ ...findings, [name]: finding });
    recording.reset();
  };
  const approveOpen = () => {
    const approved = items.map(({ name, result, note }) => [name, { result: result ?? 'approved', note }] as const);
    setFindings(Object.fromEntries(approved));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSubmitted(true);
    if (isWrong(wrong)) focusFirstWrong(element.current);
    else if (!recording.isPending) recording.mutate();
  };

  return (
    <form ref={element} className="form check-form" noValidate onSubmit={submit} aria-label={t('check.new')}>
      <div className="check-fields">
        {items.map((item, index) => (
          <CheckItemField
            key={item.name}
            name={item.name}
            finding={item}
            error={problem(`items.${index}.result`)}
            noteError={problem(`items.${index}.note`)}
            onChange={(finding) => find(item.name, finding)}
          />
        ))}
      </div>
      <div className="check-sum">
        <p aria-live="polite">
          {open > 0 ? (
            t('check.open', { count: open })
          ) : (
            <>
              {t('check.resultOf')}: <ResultBadge result={resultOf(decided as readonly { result: ItemResult }[])} />
            </>
          )}
        </p>
        <Button small icon="checks" disabled={open === 0} onClick={approveOpen}>
          {t('check.approveOpen')}
        </Button>
      </div>
      <div className="form-grid">
        <TextField
          label={t('check.field.responsibleName')}
          required
          autoComplete="name"
          value={person.name}
          error={problem('responsibleName')}
          onChange={(event) => {
            setPerson({ ...person, name: event.target.value });
            recording.reset();
          }}
        />
        <TextField
          label={t('check.field.responsibleWorkerId')}
          required
          autoComplete="off"
          value={person.workerId}
          error={problem('responsibleWorkerId')}
          onChange={(event) => {
            setPerson({ ...person, workerId: event.target.value });
            recording.reset();
          }}
        />
      </div>
      <TextArea
        label={t('check.field.observations')}
        value={observations}
        error={problem('observations')}
        onChange={(event) => {
          setObservations(event.target.value);
          recording.reset();
        }}
      />
      {recording.error ? (
        <p className="form-problem" role="alert">
          {textOf(recording.error)}
        </p>
      ) : null}
      <div className="form-actions">
        <Button type="submit" kind="primary" icon="check" busy={recording.isPending}>
          {t('check.record')}
        </Button>
        <ButtonLink to={`/machines/${machineId}`}>{t('form.cancel')}</ButtonLink>
      </div>
    </form>
  );
}

interface Person {
  readonly name: string;
  readonly workerId: string;
}

/** Who checked last on this device, most probably checks the next machine too. */
function rememberedPerson(userId: string): Person {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(`fleetman.checker.${userId}`) ?? '{}');
    const { name, workerId } = stored as Partial<Person>;
    return { name: typeof name === 'string' ? name : '', workerId: typeof workerId === 'string' ? workerId : '' };
  } catch {
    return { name: '', workerId: '' };
  }
}

function rememberPerson(userId: string, person: Person): void {
  sessionStorage.setItem(
    `fleetman.checker.${userId}`,
    JSON.stringify({ name: person.name.trim(), workerId: person.workerId.trim() }),
  );
}
