import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { ButtonLink, EmptyState, Page, Spinner } from '../components';
import { CheckForm } from './CheckForm';
import { MachineFailure } from './MachineLayout';
import { TemplateForm } from './TemplateForm';
import { nameOf, useMachine } from './useMachine';
import { useTemplate } from './useTemplate';

/** `/machines/:machineId/quick-checks/new`: against the machine's template, which is made first where there is none. */
export function CheckFormPage() {
  const { machineId = '' } = useParams();
  const { t } = useTranslation('fleet');
  const navigate = useNavigate();
  const machine = useMachine(machineId);
  const template = useTemplate(machineId);
  const error = machine.error ?? template.error;
  const retry = () => {
    void machine.refetch();
    void template.refetch();
  };
  const back = `/machines/${machineId}`;
  return (
    <Page title={t('check.new')} onBack={() => void navigate(back)} backLabel={t('machine.title')}>
      <p className="machine-subtitle">
        {machine.data ? <Link to={back}>{nameOf(machine.data.machine)}</Link> : '…'}
      </p>
      {error ? (
        <MachineFailure error={error} retry={retry} />
      ) : !machine.data || template.data === undefined ? (
        <Spinner />
      ) : machine.data.machine.status === 'RETIRED' ? (
        <EmptyState
          icon="archive"
          title={t('check.retired')}
          action={<ButtonLink to={back}>{t('machine.title')}</ButtonLink>}
        />
      ) : template.data === null ? (
        <>
          <h2>{t('template.first')}</h2>
          <p className="muted">{t('template.firstText')}</p>
          <TemplateForm machineId={machineId} template={null} onSaved={() => undefined} />
        </>
      ) : (
        <CheckForm key={machineId} machineId={machineId} template={template.data} />
      )}
    </Page>
  );
}
