import type { Account } from '@fleetman/client';
import { useConnectionState } from '@fleetman/client';
import { useQuery } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { client, ME, queryClient, whoAmI } from './api';
import { isLanguage, speak } from './i18n';

interface Session {
  /** The own account; undefined while that is not known yet, null where nobody is signed in. */
  readonly account: Account | null | undefined;
  /** Why it is not known: the server cannot be reached. */
  readonly error: unknown;
  readonly retry: () => void;
  readonly signedIn: (account: Account) => void;
  readonly changed: (account: Account) => void;
  readonly signOut: () => Promise<void>;
}

const SessionContext = createContext<Session | null>(null);

/** Nothing of what another user saw stays. Not `clear()`: whoever watches the account must learn of the new one. */
function become(account: Account | null): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME[0] });
  queryClient.setQueryData(ME, account);
}

/** Who is signed in here. */
export function SessionProvider({ children }: { children: (account: Account | null | undefined) => ReactNode }) {
  const { data, error, refetch } = useQuery({ queryKey: ME, queryFn: whoAmI, staleTime: Infinity });
  const locale = data?.locale;
  const { i18n } = useTranslation();

  useEffect(() => {
    if (isLanguage(locale) && i18n.language !== locale) {
      void speak(locale);
    }
    // Only when the account's language becomes known or changes: a choice made here is stored in the account first.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [locale]);

  const signedIn = useCallback((account: Account) => become(account), []);
  const changed = useCallback((account: Account) => void queryClient.setQueryData(ME, account), []);
  const signOut = useCallback(async () => {
    await client.logout();
    become(null);
  }, []);
  const retry = useCallback(() => void refetch(), [refetch]);

  const session = useMemo(
    () => ({ account: data, error, retry, signedIn, changed, signOut }),
    [data, error, retry, signedIn, changed, signOut],
  );
  return <SessionContext value={session}>{children(data)}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) {
    throw new Error('there is no SessionProvider above');
  }
  return session;
}

/** The own account, on pages that need one. */
export function useAccount(): Account {
  const { account } = useSession();
  if (!account) {
    throw new Error('nobody is signed in');
  }
  return account;
}

/** Signed out elsewhere, expired or deactivated: then this tab is too. */
export function useSessionEnd(ended: (reason: string | null) => void): void {
  const { phase, reason } = useConnectionState();
  useEffect(() => {
    if (phase === 'signed-out') {
      become(null);
      ended(reason);
    }
  }, [phase, reason, ended]);
}
