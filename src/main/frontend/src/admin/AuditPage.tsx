import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, Select, Time } from '../components';
import { PagedList } from '../PagedList';
import { client } from '../api';
import { CompanyName } from '../fleet/CompanyName';
import { usePages } from '../usePages';
import { auditList, type AuditKind } from './api';

const ACTIONS = [
  'user.create',
  'user.deactivate',
  'user.reactivate',
  'user.role',
  'user.password',
  'user.sessions.end',
  'user.streams.close',
  'stream.close',
  'user.why',
  'notification.send',
  'announcement.send',
  'maintenance.run',
  'retention.run',
  'audit.export',
];

const KINDS: AuditKind[] = ['DONE', 'READ', 'REJECTED'];

/** `/admin/audit`: what administrators have done, and what they only read or were refused. */
export function AuditPage() {
  const { t } = useTranslation('admin');
  const [kind, setKind] = useState<AuditKind | ''>('DONE');
  const [action, setAction] = useState('');
  const pages = usePages(auditList(action, kind), (entry) => String(entry.number));
  const exported = new URL('api/v1/admin/audit/export', client.baseUrl);
  if (kind !== '') exported.searchParams.set('kind', kind);
  if (action !== '') exported.searchParams.set('action', action);
  return (
    <>
      <search className="filters">
        <Select
          label={t('audit.kind')}
          hideLabel
          value={kind}
          onChange={(event) => {
            setKind(event.target.value as AuditKind | '');
            setAction('');
          }}
          choices={[
            { value: '', label: t('audit.kinds.any') },
            ...KINDS.map((one) => ({ value: one, label: t(`audit.kinds.${one}`) })),
          ]}
        />
        <Select
          label={t('audit.action')}
          hideLabel
          value={action}
          onChange={(event) => setAction(event.target.value)}
          choices={[{ value: '', label: t('audit.any') }, ...ACTIONS.map((one) => ({ value: one, label: one }))]}
        />
        <a className="button button-secondary" href={exported.href} download="audit.ndjson">
          {t('audit.export')}
        </a>
      </search>
      <PagedList pages={pages} className="rows" empty={<EmptyState icon="shield" title={t('audit.none')} />}>
        {(entry) => (
          <li key={entry.number} className="row-card">
            <div className="row-main">
              <p>
                <strong>{entry.action}</strong> <code>{entry.target}</code>
              </p>
              <p className="muted">
                <CompanyName id={entry.actorId} /> · <Time at={entry.at} exact />
                {entry.address === null ? null : ` · ${entry.address}`}
              </p>
              {entry.before == null && entry.after == null ? null : (
                <p className="audit-change">
                  <code>
                    {JSON.stringify(entry.before ?? null)} → {JSON.stringify(entry.after ?? null)}
                  </code>
                </p>
              )}
            </div>
          </li>
        )}
      </PagedList>
    </>
  );
}
