import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { ButtonLink, EmptyState, Page, Select } from '../components';
import { useFormats } from '../formats';
import { PagedList } from '../PagedList';
import { SearchField } from '../SearchField';
import { useAccount } from '../session';
import { Gone } from '../steady/News';
import { usePages } from '../usePages';
import { useSettled } from '../useSettled';
import { type Machine, MACHINE_STATUSES, type MachineFilter, machineList, type MachineStatus } from './api';
import { CompanyName } from './CompanyName';
import { StatusBadge } from './StatusBadge';
import { nameOf } from './useMachine';

/** `/machines`; what narrows the list stands in the address, so that going back finds it as it was. */
export function MachinesPage() {
  const { t } = useTranslation('fleet');
  const account = useAccount();
  const [filter, change] = useFilter();
  const [search, setSearch] = useState(filter.search);
  const settled = useSettled(search.trim());
  const told = useRef(filter.search);
  useEffect(() => {
    if (settled === told.current) return;
    told.current = settled;
    change({ search: settled });
    // When the typing is over, and never else.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);
  useEffect(() => {
    // Another address than what was typed has led to: a link, or the way back.
    if (filter.search === told.current) return;
    told.current = filter.search;
    setSearch(filter.search);
  }, [filter.search]);
  const pages = usePages(machineList(filter), (machine) => machine.id);
  const mayAdd = account.type !== 'PROVIDER' || account.roles.includes('ADMIN');
  const narrowed = filter.search !== '' || filter.status !== '' || filter.role !== '';

  return (
    <Page
      title={t('machines.title')}
      actions={
        mayAdd ? (
          <ButtonLink kind="primary" icon="plus" to="/machines/new">
            {t('machines.add')}
          </ButtonLink>
        ) : null
      }
    >
      <search className="filters">
        <SearchField label={t('machines.search')} value={search} onChange={setSearch} />
        <Select
          label={t('field.status')}
          hideLabel
          value={filter.status}
          onChange={(event) => change({ status: event.target.value as MachineStatus | '' })}
          choices={[
            { value: '', label: t('machines.anyStatus') },
            ...MACHINE_STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) })),
          ]}
        />
        {account.roles.includes('ADMIN') ? (
          <Select
            label={t('machines.role')}
            hideLabel
            value={filter.role}
            onChange={(event) => change({ role: event.target.value as MachineFilter['role'] })}
            choices={[
              { value: '', label: t('machines.anyRole') },
              { value: 'owner', label: t('machines.asOwner') },
              { value: 'provider', label: t('machines.asProvider') },
            ]}
          />
        ) : null}
      </search>
      <PagedList
        pages={pages}
        className="machines"
        empty={
          narrowed ? (
            <EmptyState icon="search" title={t('machines.noMatch')} />
          ) : (
            <EmptyState icon="machine" title={t('machines.empty')}>
              {t(mayAdd ? 'machines.emptyOwner' : 'machines.emptyProvider')}
            </EmptyState>
          )
        }
      >
        {(machine, gone) => <Row key={machine.id} machine={machine} gone={gone} />}
      </PagedList>
    </Page>
  );
}

function Row({ machine, gone }: { readonly machine: Machine; readonly gone: boolean }) {
  const { t } = useTranslation('fleet');
  const formats = useFormats();
  const account = useAccount();
  const other = account.id === machine.ownerId ? machine.assignedProviderId : machine.ownerId;
  return (
    <li className={gone ? 'gone' : undefined}>
      <Link className="machine-row" to={`/machines/${machine.id}`}>
        <span className="machine-row-name">
          <strong>
            {gone ? <Gone /> : null}
            {nameOf(machine)}
          </strong>
          <span className="machine-row-model">
            {machine.brand} {machine.model}
            {machine.nickname === null ? null : ` · ${machine.serialNumber}`}
          </span>
        </span>
        <span className="machine-row-company">
          <span className="visually-hidden">
            {t(account.id === machine.ownerId ? 'field.assignedProviderId' : 'field.ownerId')}:{' '}
          </span>
          {other === null ? t('machine.noProvider') : <CompanyName id={other} />}
        </span>
        <span className="machine-row-hours">
          <span className="visually-hidden">{t('field.operatingHours')}: </span>
          {formats.hours(machine.operatingHours)}
        </span>
        <span className="machine-row-status">
          <StatusBadge status={machine.status} />
        </span>
      </Link>
    </li>
  );
}

function useFilter(): [MachineFilter, (change: Partial<MachineFilter>) => void] {
  const [params, setParams] = useSearchParams();
  const role = params.get('role');
  const filter: MachineFilter = {
    search: params.get('search') ?? '',
    status: MACHINE_STATUSES.find((status) => status === params.get('status')) ?? '',
    brand: params.get('brand') ?? '',
    role: role === 'owner' || role === 'provider' ? role : '',
  };
  const change = (changed: Partial<MachineFilter>) => {
    const wanted = Object.entries({ ...filter, ...changed }).filter(([, value]) => value !== '');
    setParams(wanted, { replace: true, preventScrollReset: true });
  };
  return [filter, change];
}
