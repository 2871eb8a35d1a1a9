import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useVoices } from '../components';
import { useProblemText } from '../problems';
import { contactKeys, decide, type Decided, type Decision, type Peer } from './api';

/** Takes decisions about other users, and says what came of them. */
export function useDecision() {
  const { t } = useTranslation('contacts');
  const queries = useQueryClient();
  const { toast } = useVoices();
  const textOf = useProblemText();
  const { mutate, isPending } = useMutation({
    mutationFn: ({ userId, decision }: { userId: string; decision: Decision }) => decide(userId, decision),
    onSuccess: (decided: Decided, { userId, decision }) => {
      queries.setQueryData<Peer>(contactKeys.peer(userId), (peer) =>
        peer ? { ...peer, ...decided, since: decided.isContact ? peer.since : null } : peer,
      );
      void queries.invalidateQueries({ queryKey: contactKeys.all });
      toast(t(`done.${decision}`), { tone: 'good' });
    },
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
  });
  return {
    decide: (userId: string, decision: Decision, onSuccess?: () => void) =>
      mutate({ userId, decision }, onSuccess ? { onSuccess } : undefined),
    busy: isPending,
  };
}
