import type { ConversationSummary } from '@fleetman/client';
import { listOf } from '../api';

/** What narrows the list of conversations. */
export interface ConversationFilter {
  readonly search: string;
  readonly onlyContacts: boolean;
}

export const CONVERSATIONS = ['conversations'] as const;

/** Newest activity first. */
export function conversationList(filter: ConversationFilter) {
  return listOf<ConversationSummary>(CONVERSATIONS, 'messages/conversations', {
    search: filter.search || undefined,
    onlyContacts: filter.onlyContacts || undefined,
  });
}

/** The longest message, in Unicode code points (`FLEETMAN_MESSAGE_MAX_LENGTH`). */
export const MESSAGE_MAX_LENGTH = 1000;
