import { Problem } from '@fleetman/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { Button, ButtonLink, Page, Spinner, useVoices } from '../components';
import { focusFirstWrong, isWrong, useFieldText } from '../forms';
import { useProblemText } from '../problems';
import { changeMachine, fleetKeys, getMachine, type VersionedMachine } from './api';
import { ConflictDialog } from './ConflictDialog';
import { changesBetween, formOf, type MachineForm, wrongIn } from './machineForm';
import { MachineFailure } from './MachineLayout';
import { MachineFieldset } from './MachineFieldset';
import { nameOf, useMachine, useStanding } from './useMachine';

/** `/machines/:machineId/edit` */
export function MachineEditPage() {
  const { machineId = '' } = useParams();
  const { t } = useTranslation('fleet');
  const navigate = useNavigate();
  const { data, error, refetch } = useMachine(machineId);
  if (data) return <Editing key={machineId} read={data} />;
  return (
    <Page title={t('machine.edit')} onBack={() => void navigate('/machines')} backLabel={t('machine.back')}>
      {error ? <MachineFailure error={error} retry={() => void refetch()} /> : <Spinner />}
    </Page>
  );
}

/**
 * The version with which the editing began stays the base, whatever is fetched meanwhile: the server tells by its tag
 * whether somebody else has changed the machine since.
 */
function Editing({ read }: { readonly read: VersionedMachine }) {
  const { t } = useTranslation('fleet');
  const [base, setBase] = useState(read);
  const [form, setForm] = useState<MachineForm>(() => formOf(read.machine));
  const [submitted, setSubmitted] = useState(false);
  const [theirs, setTheirs] = useState<VersionedMachine | null>(null);
  const element = useRef<HTMLFormElement>(null);
  const standing = useStanding(base.machine);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { toast } = useVoices();
  const textOf = useProblemText();
  const { id } = base.machine;
  const wrong = wrongIn(form);

  const saving = useMutation({
    mutationFn: async (over: VersionedMachine) => {
      const change = changesBetween(formOf(base.machine), form);
      return Object.keys(change).length === 0 ? over : await changeMachine(id, change, over.etag);
    },
    onSuccess: (saved) => {
      queries.setQueryData(fleetKeys.details(id), saved);
      void queries.invalidateQueries({ queryKey: fleetKeys.all });
      toast(t('form.saved', { name: nameOf(saved.machine) }), { tone: 'good' });
      void navigate(`/machines/${id}`, { replace: true });
    },
    onError: (error) => {
      if (isConflict(error)) compare.mutate();
      else focusFirstWrong(element.current);
    },
  });
  const compare = useMutation({ mutationFn: () => getMachine(id), onSuccess: setTheirs });
  const error = saving.error && !isConflict(saving.error) ? saving.error : compare.error;
  const problem = useFieldText(submitted ? wrong : {}, error);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSubmitted(true);
    if (isWrong(wrong)) focusFirstWrong(element.current);
    else if (!saving.isPending && !compare.isPending) saving.mutate(base);
  };

  return (
    <Page
      title={t('form.editTitle', { name: nameOf(base.machine) })}
      onBack={() => void navigate(`/machines/${id}`)}
      backLabel={t('machine.title')}
    >
      <form ref={element} className="form" noValidate onSubmit={submit}>
        {standing === 'provider' ? <p className="muted">{t('form.providerMay')}</p> : null}
        <MachineFieldset
          form={form}
          standing={standing}
          problem={problem}
          change={(change) => {
            setForm({ ...form, ...change });
            saving.reset();
          }}
        />
        {error ? (
          <p className="form-problem" role="alert">
            {textOf(error)}
          </p>
        ) : null}
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={saving.isPending || compare.isPending}>
            {t('form.save')}
          </Button>
          <ButtonLink to={`/machines/${id}`}>{t('form.cancel')}</ButtonLink>
        </div>
      </form>
      {theirs ? (
        <ConflictDialog
          base={formOf(base.machine)}
          mine={form}
          theirs={formOf(theirs.machine)}
          busy={saving.isPending}
          onTakeTheirs={() => {
            setBase(theirs);
            setForm(formOf(theirs.machine));
            queries.setQueryData(fleetKeys.details(id), theirs);
            setTheirs(null);
          }}
          onKeepMine={() => {
            setTheirs(null);
            saving.mutate(theirs);
          }}
          onClose={() => setTheirs(null)}
        />
      ) : null}
    </Page>
  );
}

function isConflict(error: unknown): boolean {
  return error instanceof Problem && error.code === 'version_conflict';
}
