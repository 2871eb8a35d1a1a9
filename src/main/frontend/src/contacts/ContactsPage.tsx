import type { Contact } from '@fleetman/client';
import { useTranslation } from 'react-i18next';
import { ButtonLink, EmptyState } from '../components';
import { useFormats } from '../formats';
import { PagedList } from '../PagedList';
import { usePages } from '../usePages';
import { blockedList, contactList } from './api';
import { Company } from './Company';
import { PeerMenu } from './PeerMenu';

/** `/contacts` */
export function ContactsPage() {
  return <People of="contacts" />;
}

/** `/contacts/blocked` */
export function BlockedPage() {
  return <People of="blocked" />;
}

function People({ of }: { readonly of: 'contacts' | 'blocked' }) {
  const { t } = useTranslation('contacts');
  const formats = useFormats();
  const pages = usePages<Contact>(of === 'contacts' ? contactList() : blockedList(), (contact) => contact.userId);
  return (
    <PagedList
      pages={pages}
      className="companies"
      empty={
        of === 'contacts' ? (
          <EmptyState
            icon="contacts"
            title={t('empty.title')}
            action={
              <ButtonLink kind="primary" icon="search" to="/contacts/discover">
                {t('empty.action')}
              </ButtonLink>
            }
          >
            {t('empty.text')}
          </EmptyState>
        ) : (
          <EmptyState icon="shield" title={t('blocked.empty')} />
        )
      }
    >
      {(contact, gone) => (
        <Company
          key={contact.userId}
          user={contact.user}
          note={t(of === 'contacts' ? 'since' : 'blocked.since', { date: formats.date(contact.since) })}
          blocked={of === 'contacts' && contact.isBlocked}
          gone={gone}
        >
          <ButtonLink small icon="message" to={`/messages/conversations/${contact.userId}`}>
            {t('action.message')}
          </ButtonLink>
          <PeerMenu peer={contact} />
        </Company>
      )}
    </PagedList>
  );
}
