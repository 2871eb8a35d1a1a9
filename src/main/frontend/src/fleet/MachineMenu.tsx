import { Problem } from '@fleetman/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Confirm, Menu, useVoices } from '../components';
import { useProblemText } from '../problems';
import { changeMachine, deleteMachine, fleetKeys, type VersionedMachine } from './api';
import { nameOf } from './useMachine';

/** What only those may do who govern the machine. */
export function MachineMenu({ versioned }: { readonly versioned: VersionedMachine }) {
  const { t } = useTranslation('fleet');
  const [asking, setAsking] = useState<'delete' | 'retire' | null>(null);
  const { machine, etag } = versioned;
  const name = nameOf(machine);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { toast } = useVoices();
  const textOf = useProblemText();
  const failed = (error: unknown) => {
    setAsking(null);
    if (error instanceof Problem && error.code === 'version_conflict') {
      void queries.invalidateQueries({ queryKey: fleetKeys.one(machine.id) });
    }
    toast(textOf(error), { tone: 'bad' });
  };
  const removal = useMutation({
    mutationFn: () => deleteMachine(machine.id, etag),
    onSuccess: () => {
      void navigate('/machines', { replace: true });
      queries.removeQueries({ queryKey: fleetKeys.one(machine.id) });
      void queries.invalidateQueries({ queryKey: fleetKeys.lists });
      toast(t('machine.deleted', { name }), { tone: 'good' });
    },
    onError: (error) => {
      // With a history it stays; what is meant is most probably its retirement.
      if (error instanceof Problem && error.code === 'machine_has_history') setAsking('retire');
      else failed(error);
    },
  });
  const retirement = useMutation({
    mutationFn: () => changeMachine(machine.id, { status: 'RETIRED' }, etag),
    onSuccess: (changed) => {
      setAsking(null);
      queries.setQueryData(fleetKeys.details(machine.id), changed);
      void queries.invalidateQueries({ queryKey: fleetKeys.all });
      toast(t('machine.retired', { name }), { tone: 'good' });
    },
    onError: failed,
  });

  return (
    <>
      <Menu
        label={t('machine.menu', { name })}
        items={[
          ...(machine.status === 'RETIRED'
            ? []
            : [{ label: t('machine.retire'), icon: 'archive' as const, onSelect: () => setAsking('retire') }]),
          { label: t('machine.delete'), icon: 'trash', danger: true, onSelect: () => setAsking('delete') },
        ]}
      />
      {asking === 'delete' ? (
        <Confirm
          title={t('machine.deleteTitle', { name })}
          action={t('machine.delete')}
          busy={removal.isPending}
          onConfirm={() => removal.mutate()}
          onClose={() => setAsking(null)}
        >
          <p>{t('machine.deleteText')}</p>
        </Confirm>
      ) : null}
      {asking === 'retire' ? (
        <Confirm
          title={t('machine.retireTitle', { name })}
          action={t('machine.retire')}
          kind="primary"
          busy={retirement.isPending}
          onConfirm={() => retirement.mutate()}
          onClose={() => setAsking(null)}
        >
          <p>{t(removal.isError ? 'machine.retireInstead' : 'machine.retireText')}</p>
        </Confirm>
      ) : null}
    </>
  );
}
