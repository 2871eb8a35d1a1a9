import { Problem } from '@fleetman/client';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useNavigate, useParams } from 'react-router';
import { ButtonLink, EmptyState, Failure, Page, Spinner } from '../components';
import { MachineMenu } from './MachineMenu';
import { StatusBadge } from './StatusBadge';
import { nameOf, useMachine, useStanding } from './useMachine';
import type { VersionedMachine } from './api';

/** `/machines/:machineId`: the machine, and below its head the tab that the address names. */
export function MachineLayout() {
  const { machineId = '' } = useParams();
  const { t } = useTranslation('fleet');
  const navigate = useNavigate();
  const { data, error, refetch } = useMachine(machineId);
  if (data) return <Shown versioned={data} />;
  return (
    <Page title={t('machine.title')} onBack={() => void navigate('/machines')} backLabel={t('machine.back')}>
      {error ? <MachineFailure error={error} retry={() => void refetch()} /> : <Spinner />}
    </Page>
  );
}

/** No such machine for this user, or none that could be fetched. */
export function MachineFailure({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const { t } = useTranslation('fleet');
  const unknown = error instanceof Problem && (error.status === 404 || error.code === 'invalid_uuid');
  if (!unknown) return <Failure error={error} retry={retry} />;
  return (
    <EmptyState
      icon="machine"
      title={t('machine.unknown')}
      action={<ButtonLink to="/machines">{t('machine.back')}</ButtonLink>}
    >
      {t('machine.unknownText')}
    </EmptyState>
  );
}

function Shown({ versioned }: { readonly versioned: VersionedMachine }) {
  const { t } = useTranslation('fleet');
  const navigate = useNavigate();
  const { machine } = versioned;
  const standing = useStanding(machine);
  const name = nameOf(machine);
  const base = `/machines/${machine.id}`;
  return (
    <Page
      title={name}
      heading={
        <span className="machine-heading">
          {name} <StatusBadge status={machine.status} />
        </span>
      }
      onBack={() => void navigate('/machines')}
      backLabel={t('machine.back')}
      actions={
        <>
          {machine.status === 'RETIRED' ? null : (
            <ButtonLink kind="primary" icon="clipboard" to={`${base}/quick-checks/new`}>
              {t('check.new')}
            </ButtonLink>
          )}
          <ButtonLink icon="edit" to={`${base}/edit`}>
            {t(standing === 'provider' ? 'machine.editWork' : 'machine.edit')}
          </ButtonLink>
          {standing === 'provider' ? null : <MachineMenu versioned={versioned} />}
        </>
      }
    >
      <p className="machine-subtitle">
        {machine.brand} {machine.model} · {machine.serialNumber}
      </p>
      <nav className="subnav" aria-label={t('machine.tabs', { name })}>
        <NavLink to={base} end>
          {t('machine.tab.details')}
        </NavLink>
        <NavLink to={`${base}/alarms`}>{t('machine.tab.alarms')}</NavLink>
        <NavLink to={`${base}/quick-checks`}>{t('machine.tab.checks')}</NavLink>
        <NavLink to={`${base}/events`}>{t('machine.tab.history')}</NavLink>
      </nav>
      <Outlet context={versioned} />
    </Page>
  );
}
