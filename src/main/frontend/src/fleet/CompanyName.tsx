import { useQuery } from '@tanstack/react-query';
import { peerQuery } from '../contacts/api';
import { useAccount } from '../session';

/** The name of a company of which a machine says the id only; asked for once, however often it is shown. */
export function CompanyName({ id }: { readonly id: string }) {
  const account = useAccount();
  const own = account.id === id;
  const { data, isError } = useQuery({ ...peerQuery(id), staleTime: 5 * 60_000, enabled: !own });
  if (own) return account.companyName;
  return data ? data.user.companyName : isError ? '–' : <span className="placeholder">…</span>;
}
