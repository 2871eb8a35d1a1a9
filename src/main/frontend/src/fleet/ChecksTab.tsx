import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ButtonLink, EmptyState, Select, Time } from '../components';
import { PagedList } from '../PagedList';
import { usePages } from '../usePages';
import { CHECK_RESULTS, checkList, type CheckResult, type QuickCheck } from './api';
import { ResultBadge } from './StatusBadge';
import { useShownMachine } from './useMachine';

/** `/machines/:machineId/quick-checks` */
export function ChecksTab() {
  const { t } = useTranslation('fleet');
  const { machine } = useShownMachine();
  const [result, setResult] = useState<CheckResult | ''>('');
  const pages = usePages(checkList(machine.id, result), (check) => check.id);
  return (
    <section aria-labelledby="checks-title">
      <header className="tab-head">
        <h2 id="checks-title">{t('machine.tab.checks')}</h2>
        <ButtonLink icon="edit" to={`/machines/${machine.id}/quick-checks/template`}>
          {t('template.title')}
        </ButtonLink>
      </header>
      <search className="filters">
        <Select
          label={t('check.resultOf')}
          hideLabel
          value={result}
          onChange={(event) => setResult(event.target.value as CheckResult | '')}
          choices={[
            { value: '', label: t('check.anyResult') },
            ...CHECK_RESULTS.map((one) => ({ value: one, label: t(`check.result.${one}`) })),
          ]}
        />
      </search>
      <PagedList pages={pages} className="checks" empty={<EmptyState icon="clipboard" title={t('check.none')} />}>
        {(check) => <Row key={check.id} check={check} />}
      </PagedList>
    </section>
  );
}

function Row({ check }: { readonly check: QuickCheck }) {
  const { t } = useTranslation('fleet');
  const count = (result: string) => check.items.filter((item) => item.result === result).length;
  return (
    <li>
      <Link className="check-row" to={`/machines/${check.machineId}/quick-checks/${check.id}`}>
        <ResultBadge result={check.result} />
        <span className="check-row-when">
          <Time at={check.executedAt} exact />
        </span>
        <span className="check-row-who">
          {check.responsibleName} · {check.executedByName}
        </span>
        <span className="muted check-row-counts">
          {t('check.counts', {
            approved: count('approved'),
            disapproved: count('disapproved'),
            omitted: count('omitted'),
          })}
        </span>
      </Link>
    </li>
  );
}
