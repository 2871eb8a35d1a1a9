import type { ReactNode } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { client } from '../api';
import { Failure, Spinner } from '../components';
import { useSession } from '../session';
import { NotFound } from './NotFound';

function Waiting() {
  const { error, retry } = useSession();
  return <main className="alone">{error ? <Failure error={error} retry={retry} /> : <Spinner />}</main>;
}

/** Others sign in first, and come back to where they wanted to. */
export function SignedInOnly() {
  const { account } = useSession();
  const { pathname, search } = useLocation();
  if (account === undefined) {
    return <Waiting />;
  }
  // Who has signed out does not come back to where that was; who has been signed out does.
  const left = client.getState().connection.reason === 'logged_out';
  return account ? <Outlet /> : <Navigate to="/login" state={left ? null : { from: pathname + search }} replace />;
}

export function SignedOutOnly() {
  const { account } = useSession();
  const { state } = useLocation();
  if (account === undefined) {
    return <Waiting />;
  }
  const from = (state as { from?: string } | null)?.from;
  return account ? <Navigate to={from ?? '/inbox'} replace /> : <Outlet />;
}

export function AdminOnly({ children }: { children: ReactNode }) {
  const { account } = useSession();
  return account?.roles.includes('ADMIN') ? children : <NotFound />;
}
