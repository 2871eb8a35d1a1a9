import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Badge, Button, EmptyState, Time, useVoices } from '../components';
import { useFormats } from '../formats';
import { PagedList } from '../PagedList';
import { useProblemText } from '../problems';
import { usePages } from '../usePages';
import { adminKeys, closeStream, type OpenStream, streamList } from './api';

/** `/admin/streams`: who is connected where. */
export function StreamsPage() {
  const { t } = useTranslation('admin');
  const pages = usePages(streamList(), (stream) => stream.id);
  return (
    <section>
      <header className="tab-head">
        <h2>{t('streams.title')}</h2>
        <Button small icon="refresh" onClick={pages.retry}>
          {t('streams.refresh')}
        </Button>
      </header>
      <PagedList pages={pages} className="rows" empty={<EmptyState icon="bell" title={t('streams.none')} />}>
        {(stream) => <Row key={stream.id} stream={stream} />}
      </PagedList>
    </section>
  );
}

function Row({ stream }: { readonly stream: OpenStream }) {
  const { t } = useTranslation('admin');
  const formats = useFormats();
  const queries = useQueryClient();
  const { toast } = useVoices();
  const textOf = useProblemText();
  const closing = useMutation({
    mutationFn: () => closeStream(stream.id),
    onSuccess: () => {
      toast(t('streams.closed'), { tone: 'good' });
      void queries.invalidateQueries({ queryKey: adminKeys.streams });
    },
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
  });
  return (
    <li className="row-card">
      <div className="row-main">
        <p>
          <strong>{stream.companyName}</strong>{' '}
          {stream.lag > 0 ? <Badge tone="warning">{t('streams.lag', { lag: formats.number(stream.lag) })}</Badge> : null}
        </p>
        <p className="muted">
          {t('streams.about', {
            node: stream.node,
            delivered: formats.number(stream.delivered),
            bytes: formats.number(stream.bytes),
          })}{' '}
          · <Time at={stream.since} />
        </p>
        {stream.userAgent ? <p className="muted row-agent">{stream.userAgent}</p> : null}
      </div>
      <Button
        small
        busy={closing.isPending}
        aria-label={t('streams.closeOf', { name: stream.companyName })}
        onClick={() => closing.mutate()}
      >
        {t('streams.close')}
      </Button>
    </li>
  );
}
