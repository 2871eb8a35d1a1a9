import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { Page, Spinner } from '../components';
import { MachineFailure } from './MachineLayout';
import { TemplateForm } from './TemplateForm';
import { nameOf, useMachine } from './useMachine';
import { useTemplate } from './useTemplate';

/** `/machines/:machineId/quick-checks/template` */
export function TemplatePage() {
  const { machineId = '' } = useParams();
  const { t } = useTranslation('fleet');
  const navigate = useNavigate();
  const machine = useMachine(machineId);
  const { data, error, refetch } = useTemplate(machineId);
  const back = () => void navigate(`/machines/${machineId}/quick-checks`);
  return (
    <Page title={t('template.title')} onBack={back} backLabel={t('check.all')}>
      <p className="machine-subtitle">
        {machine.data ? <Link to={`/machines/${machineId}`}>{nameOf(machine.data.machine)}</Link> : '…'}
      </p>
      {error ? (
        <MachineFailure error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <Spinner />
      ) : (
        <>
          <p className="muted">{t('template.text')}</p>
          <TemplateForm machineId={machineId} template={data} onSaved={back} onCancel={back} />
        </>
      )}
    </Page>
  );
}
