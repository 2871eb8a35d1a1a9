import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Button, ButtonLink, Field, Page, useVoices } from '../components';
import { focusFirstWrong, isWrong, useFieldText } from '../forms';
import { useProblemText } from '../problems';
import { useAccount } from '../session';
import { createMachine, fleetKeys } from './api';
import { CompanyPicker } from './CompanyPicker';
import { emptyForm, fieldsOf, type MachineForm, wrongIn } from './machineForm';
import { MachineFieldset } from './MachineFieldset';
import { nameOf } from './useMachine';

/** `/machines/new` */
export function MachineCreatePage() {
  const { t } = useTranslation('fleet');
  const account = useAccount();
  const admin = account.roles.includes('ADMIN');
  const [form, setForm] = useState<MachineForm>(emptyForm);
  const [ownerId, setOwnerId] = useState<string | null>(null);
  const [submitted, setSubmitted] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { toast } = useVoices();
  const textOf = useProblemText();
  const creation = useMutation({
    mutationFn: () => createMachine({ ...fieldsOf(form), ...(admin ? { ownerId: ownerId ?? undefined } : {}) }),
    onSuccess: (made) => {
      queries.setQueryData(fleetKeys.details(made.machine.id), made);
      void queries.invalidateQueries({ queryKey: fleetKeys.lists });
      toast(t('form.created', { name: nameOf(made.machine) }), { tone: 'good' });
      void navigate(`/machines/${made.machine.id}`, { replace: true });
    },
    onError: () => focusFirstWrong(element.current),
  });
  const wrong = { ...wrongIn(form), ...(admin ? { ownerId: ownerId === null ? 'required' : undefined } : {}) };
  const problem = useFieldText(submitted ? wrong : {}, creation.error);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSubmitted(true);
    if (isWrong(wrong)) focusFirstWrong(element.current);
    else if (!creation.isPending) creation.mutate();
  };

  return (
    <Page title={t('form.newTitle')} onBack={() => void navigate('/machines')} backLabel={t('machine.back')}>
      <form ref={element} className="form" noValidate onSubmit={submit}>
        {admin ? (
          <Field label={t('field.ownerId')} error={problem('ownerId')}>
            {(given) => <CompanyPicker type="CLIENT" given={given} value={ownerId} onChange={setOwnerId} />}
          </Field>
        ) : null}
        <MachineFieldset
          form={form}
          standing={admin ? 'admin' : 'owner'}
          problem={problem}
          change={(change) => {
            setForm({ ...form, ...change });
            creation.reset();
          }}
        />
        {creation.error ? (
          <p className="form-problem" role="alert">
            {textOf(creation.error)}
          </p>
        ) : null}
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={creation.isPending}>
            {t('form.create')}
          </Button>
          <ButtonLink to="/machines">{t('form.cancel')}</ButtonLink>
        </div>
      </form>
    </Page>
  );
}
