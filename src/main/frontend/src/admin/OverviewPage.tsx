import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge, Failure, Spinner, Time } from '../components';
import { useFormats } from '../formats';
import { adminKeys, getCluster } from './api';
import { Chart } from './Chart';
import { useAdminStats } from './useAdminStats';

/** `/admin` */
export function OverviewPage() {
  const { t } = useTranslation('admin');
  const formats = useFormats();
  const stats = useAdminStats();
  const { data, error, refetch } = useQuery({
    queryKey: adminKeys.cluster,
    queryFn: ({ signal }) => getCluster(signal),
    staleTime: 0,
  });
  const nodes = stats.at(-1)?.nodes.map((node) => node.id).join();
  useEffect(() => {
    // A node came or went.
    if (nodes !== undefined) void refetch();
  }, [nodes, refetch]);
  const waiting = t('overview.waiting');
  return (
    <>
      <section className="charts" aria-label={t('overview.live')}>
        <Chart label={t('overview.streams')} values={stats.map((one) => one.streams)} waiting={waiting} />
        <Chart label={t('overview.events')} values={stats.map((one) => one.eventsPerSecond)} waiting={waiting} />
        <Chart label={t('overview.p50')} values={stats.map((one) => one.p50Ms)} waiting={waiting} />
        <Chart label={t('overview.p99')} values={stats.map((one) => one.p99Ms)} waiting={waiting} />
        <Chart label={t('overview.lag')} values={stats.map((one) => one.lag)} waiting={waiting} />
        <Chart label={t('overview.errors')} values={stats.map((one) => one.errors)} waiting={waiting} />
      </section>
      <h2>{t('overview.nodes')}</h2>
      {!data ? (
        error ? (
          <Failure error={error} retry={() => void refetch()} />
        ) : (
          <Spinner />
        )
      ) : (
        <ul className="rows">
          {data.nodes.map((node) => (
            <li key={node.id} className="row-card">
              <div className="row-main">
                <p>
                  <strong>{node.name}</strong>{' '}
                  <Badge tone={node.state === 'up' ? 'good' : 'bad'}>{t(`overview.state.${node.state}`)}</Badge>{' '}
                  <Badge tone={node.bus === 'up' ? 'good' : 'warning'}>{t(`overview.bus.${node.bus}`)}</Badge>
                </p>
                <p className="muted">
                  {t('overview.node', {
                    version: node.version,
                    streams: formats.number(node.streams),
                    users: formats.number(node.users),
                    delivered: formats.number(node.delivered),
                    lag: formats.number(node.lag),
                  })}
                </p>
              </div>
              <p className="muted row-time">
                <Time at={node.seenAt} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
