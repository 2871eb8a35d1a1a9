import { Problem } from '@fleetman/client';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { ButtonLink, EmptyState, Failure, Page, Spinner, Time } from '../components';
import { fleetKeys, getCheck, type QuickCheck } from './api';
import { ResultBadge } from './StatusBadge';
import { nameOf, useMachine } from './useMachine';

/** `/machines/:machineId/quick-checks/:checkId` */
export function CheckPage() {
  const { machineId = '', checkId = '' } = useParams();
  const { t } = useTranslation('fleet');
  const navigate = useNavigate();
  const machine = useMachine(machineId);
  // A check never changes.
  const { data, error, refetch } = useQuery({
    queryKey: fleetKeys.check(machineId, checkId),
    queryFn: ({ signal }) => getCheck(machineId, checkId, signal),
    staleTime: Infinity,
  });
  const all = `/machines/${machineId}/quick-checks`;
  const unknown = error instanceof Problem && (error.status === 404 || error.code === 'invalid_uuid');
  return (
    <Page
      title={t('check.title')}
      heading={
        <span className="machine-heading">
          {t('check.title')} {data ? <ResultBadge result={data.result} /> : null}
        </span>
      }
      onBack={() => void navigate(all)}
      backLabel={t('check.all')}
    >
      <p className="machine-subtitle">
        {machine.data ? <Link to={`/machines/${machineId}`}>{nameOf(machine.data.machine)}</Link> : '…'}
      </p>
      {data ? (
        <Check check={data} />
      ) : unknown ? (
        <EmptyState
          icon="clipboard"
          title={t('check.unknown')}
          action={<ButtonLink to="/machines">{t('machine.back')}</ButtonLink>}
        />
      ) : error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : (
        <Spinner />
      )}
    </Page>
  );
}

function Check({ check }: { readonly check: QuickCheck }) {
  const { t } = useTranslation('fleet');
  return (
    <div className="details">
      <section className="card" aria-labelledby="check-items">
        <h2 id="check-items">{t('check.items')}</h2>
        <ul className="check-items">
          {check.items.map((item) => (
            <li key={item.name}>
              <div className="check-item-head">
                <span>{item.name}</span>
                <ResultBadge result={item.result} />
              </div>
              {item.note === null ? null : <p className="check-note">{item.note}</p>}
            </li>
          ))}
        </ul>
      </section>
      <section className="card" aria-labelledby="check-about">
        <h2 id="check-about">{t('check.about')}</h2>
        <dl className="facts">
          <div>
            <dt>{t('check.field.responsibleName')}</dt>
            <dd>{check.responsibleName}</dd>
          </div>
          <div>
            <dt>{t('check.field.responsibleWorkerId')}</dt>
            <dd>{check.responsibleWorkerId}</dd>
          </div>
          <div>
            <dt>{t('check.executedBy')}</dt>
            <dd>{check.executedByName}</dd>
          </div>
          <div>
            <dt>{t('check.executedAt')}</dt>
            <dd>
              <Time at={check.executedAt} exact />
            </dd>
          </div>
        </dl>
        {check.observations === null ? null : (
          <>
            <h3>{t('check.field.observations')}</h3>
            <p className="check-note">{check.observations}</p>
          </>
        )}
      </section>
    </div>
  );
}
