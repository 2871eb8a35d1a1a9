import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge, Confirm, Dialog, EmptyState, Menu, type MenuItem, Select, useVoices } from '../components';
import { PagedList } from '../PagedList';
import { useProblemText } from '../problems';
import { SearchField } from '../SearchField';
import { useAccount } from '../session';
import { usePages } from '../usePages';
import { useSettled } from '../useSettled';
import { type AdminAccount, administer, type Role, ROLES, userList } from './api';

type Action = 'deactivate' | 'reactivate' | 'endSessions' | 'makeAdmin' | 'takeAdmin' | 'resetPassword';

/** `/admin/users` */
export function UsersPage() {
  const { t } = useTranslation('admin');
  const [search, setSearch] = useState('');
  const [type, setType] = useState<Role | ''>('');
  const [active, setActive] = useState<'' | 'true' | 'false'>('');
  const pages = usePages(userList(useSettled(search.trim()), type, active), (user) => user.id);
  const [asking, setAsking] = useState<{ user: AdminAccount; action: Action } | null>(null);
  const [password, setPassword] = useState<{ user: AdminAccount; password: string } | null>(null);
  const queries = useQueryClient();
  const { toast } = useVoices();
  const textOf = useProblemText();
  const acting = useMutation({
    mutationFn: async ({ user, action }: { user: AdminAccount; action: Action }) => {
      if (action === 'resetPassword') {
        const made = await administer.resetPassword(user.id);
        if (made.password !== null) setPassword({ user, password: made.password });
      } else if (action === 'takeAdmin') {
        await administer.takeAdmin(user.id, user.type);
      } else {
        await administer[action](user.id);
      }
    },
    onSuccess: (_, { action }) => {
      void queries.invalidateQueries({ queryKey: ['admin'] });
      toast(t(`users.done.${action}`), { tone: 'good' });
    },
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
    onSettled: () => setAsking(null),
  });

  return (
    <>
      <search className="filters">
        <SearchField label={t('users.search')} value={search} onChange={setSearch} />
        <Select
          label={t('users.type')}
          hideLabel
          value={type}
          onChange={(event) => setType(event.target.value as Role | '')}
          choices={[{ value: '', label: t('users.anyType') }, ...ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))]}
        />
        <Select
          label={t('users.state')}
          hideLabel
          value={active}
          onChange={(event) => setActive(event.target.value as '' | 'true' | 'false')}
          choices={[
            { value: '', label: t('users.anyState') },
            { value: 'true', label: t('users.active') },
            { value: 'false', label: t('users.inactive') },
          ]}
        />
      </search>
      <PagedList pages={pages} className="rows" empty={<EmptyState icon="search" title={t('users.none')} />}>
        {(user) => <Row key={user.id} user={user} ask={(action) => setAsking({ user, action })} />}
      </PagedList>
      {asking ? (
        <Confirm
          title={t(`users.ask.${asking.action}`, { name: asking.user.companyName })}
          action={t(`users.${asking.action}`)}
          kind={asking.action === 'reactivate' ? 'primary' : 'danger'}
          busy={acting.isPending}
          onConfirm={() => acting.mutate(asking)}
          onClose={() => setAsking(null)}
        >
          <p>{t(`users.means.${asking.action}`)}</p>
        </Confirm>
      ) : null}
      {password ? (
        <Dialog title={t('users.password', { name: password.user.companyName })} onClose={() => setPassword(null)}>
          <p>{t('users.passwordOnce')}</p>
          <p>
            <code className="secret">{password.password}</code>
          </p>
        </Dialog>
      ) : null}
    </>
  );
}

function Row({ user, ask }: { readonly user: AdminAccount; readonly ask: (action: Action) => void }) {
  const { t } = useTranslation('admin');
  const own = useAccount().id === user.id;
  const admin = user.roles.includes('ADMIN');
  const item = (action: Action, danger = false): MenuItem => ({
    label: t(`users.${action}`),
    danger,
    onSelect: () => ask(action),
  });
  const items = [
    item('resetPassword'),
    item('endSessions'),
    // An account of this type is nothing else.
    ...(user.type === 'ADMIN' ? [] : [item(admin ? 'takeAdmin' : 'makeAdmin', !admin)]),
    user.active ? item('deactivate', true) : item('reactivate'),
  ];
  return (
    <li className="row-card">
      <div className="row-main">
        <p>
          <strong>{user.companyName}</strong> <Badge tone="info">{t(`role.${user.type}`)}</Badge>{' '}
          {admin && user.type !== 'ADMIN' ? <Badge tone="warning">{t('role.ADMIN')}</Badge> : null}{' '}
          {user.active ? null : <Badge tone="bad">{t('users.inactive')}</Badge>}
        </p>
        <p className="muted">{user.email}</p>
      </div>
      {own ? <p className="muted">{t('users.you')}</p> : <Menu label={t('users.menu', { name: user.companyName })} items={items} />}
    </li>
  );
}
