import { useQuery } from '@tanstack/react-query';
import { useOutletContext } from 'react-router';
import { useAccount } from '../session';
import { fleetKeys, getMachine, type Machine, type VersionedMachine } from './api';

export function useMachine(id: string) {
  return useQuery({ queryKey: fleetKeys.details(id), queryFn: ({ signal }) => getMachine(id, signal) });
}

/** What the signed-in user is to a machine: the owner and administrators govern it, the provider works on it. */
export type Standing = 'owner' | 'admin' | 'provider';

export function useStanding(machine: Machine): Standing {
  const account = useAccount();
  if (account.id === machine.ownerId) return 'owner';
  return account.roles.includes('ADMIN') ? 'admin' : 'provider';
}

/** The machine whose page is shown, on its tabs. */
export function useShownMachine(): VersionedMachine {
  return useOutletContext<VersionedMachine>();
}

/** What people call it. */
export function nameOf(machine: Pick<Machine, 'nickname' | 'serialNumber'>): string {
  return machine.nickname ?? machine.serialNumber;
}
