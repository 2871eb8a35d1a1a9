import { type FleetEvent, useFleetEvents } from '@fleetman/client';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { ME } from './api';
import { contactKeys } from './contacts/api';
import { fleetKeys } from './fleet/api';
import { MUTES } from './inbox/mutes';
import { CONVERSATIONS } from './messaging/api';

/** What an event makes out of date is fetched again: at once where it is shown, else when it is next. */
export function refreshAfter(event: FleetEvent, queries: QueryClient): void {
  switch (event.name) {
    case 'reset':
      void queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== ME[0] });
      break;
    case 'contact':
      void queries.invalidateQueries({ queryKey: contactKeys.all });
      void queries.invalidateQueries({ queryKey: CONVERSATIONS });
      break;
    case 'mutes':
      queries.setQueryData(MUTES, event.data.mutes);
      break;
    case 'chat-message':
    case 'chat-read':
      void queries.invalidateQueries({ queryKey: CONVERSATIONS });
      break;
    case 'notification':
    case 'notification-updated': {
      // Of machines, alarms and quick checks alike.
      const machineId = event.data.metadata['machineId'];
      if (typeof machineId === 'string') {
        void queries.invalidateQueries({ queryKey: fleetKeys.one(machineId) });
        void queries.invalidateQueries({ queryKey: fleetKeys.lists });
      }
      break;
    }
    default:
  }
}

/** To be used once, around all pages. */
export function useLiveQueries(): void {
  const queries = useQueryClient();
  useFleetEvents((event) => refreshAfter(event, queries));
}
