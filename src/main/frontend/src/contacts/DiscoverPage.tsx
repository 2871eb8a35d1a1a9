import type { PublicProfile, UserType } from '@fleetman/client';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ButtonLink, EmptyState, Select } from '../components';
import { PagedList } from '../PagedList';
import { SearchField } from '../SearchField';
import { usePages } from '../usePages';
import { useSettled } from '../useSettled';
import { contactList, discoverList, peerQuery } from './api';
import { Company } from './Company';
import { useDecision } from './useDecision';

/** `/contacts/discover`: companies by name, and getting in touch with them. */
export function DiscoverPage() {
  const { t } = useTranslation('contacts');
  const [search, setSearch] = useState('');
  const [type, setType] = useState<UserType | ''>('');
  const pages = usePages(discoverList({ searchTerm: useSettled(search.trim()), type }), (user) => user.id);
  const contacts = usePages(contactList(), (contact) => contact.userId);
  const known = useMemo(() => new Set(contacts.items.map((contact) => contact.userId)), [contacts.items]);

  return (
    <>
      <search className="filters">
        <SearchField label={t('discover.search')} value={search} onChange={setSearch} />
        <Select
          label={t('discover.type')}
          hideLabel
          value={type}
          onChange={(event) => setType(event.target.value as UserType | '')}
          choices={[
            { value: '', label: t('discover.all') },
            { value: 'CLIENT', label: t('discover.clients') },
            { value: 'PROVIDER', label: t('discover.providers') },
          ]}
        />
      </search>
      <PagedList
        pages={pages}
        className="companies"
        empty={
          <EmptyState icon="search" title={t('discover.none')}>
            {t('discover.noneText')}
          </EmptyState>
        }
      >
        {(user) => (
          <Found key={user.id} user={user} known={known.has(user.id)} sure={!contacts.loading && !contacts.hasMore} />
        )}
      </PagedList>
    </>
  );
}

interface FoundProps {
  readonly user: PublicProfile;
  /** Is among the contacts that are known here. */
  readonly known: boolean;
  /** All contacts are known here. */
  readonly sure: boolean;
}

function Found({ user, known, sure }: FoundProps) {
  const { t } = useTranslation('contacts');
  const { decide, busy } = useDecision();
  // Whoever has more contacts than one page asks for each of the found.
  const { data: peer } = useQuery({ ...peerQuery(user.id), enabled: !known && !sure });
  const isContact = known || (!sure && peer?.isContact === true);
  return (
    <Company user={user}>
      {isContact ? (
        <ButtonLink small icon="message" to={`/messages/conversations/${user.id}`}>
          {t('action.message')}
        </ButtonLink>
      ) : (
        <Button
          small
          kind="primary"
          icon="plus"
          busy={busy}
          aria-label={t('action.addNamed', { name: user.companyName })}
          onClick={() => decide(user.id, 'add')}
        >
          {t('action.add')}
        </Button>
      )}
    </Company>
  );
}
