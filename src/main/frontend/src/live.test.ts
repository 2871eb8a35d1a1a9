import { QueryClient } from '@tanstack/react-query';
import type { FleetEvent } from '@fleetman/client';
import { expect, test } from 'vitest';
import { fleetKeys } from './fleet/api';
import { refreshAfter } from './live';

function event(name: string, data: object): FleetEvent {
  return { name, seq: 1, data, at: 0, live: true } as FleetEvent;
}

test('a notification about a machine makes what is known of it out of date, and of no other', () => {
  const queries = new QueryClient();
  const known = [fleetKeys.details('a'), fleetKeys.alarms('a'), fleetKeys.details('b'), ['me']];
  known.forEach((key) => queries.setQueryData(key, {}));
  const stale = () => known.filter((key) => queries.getQueryState(key)?.isInvalidated);

  refreshAfter(event('notification', { metadata: { messageId: 'm' } }), queries);
  expect(stale()).toEqual([]);
  refreshAfter(event('notification-updated', { metadata: { machineId: 'a' } }), queries);
  expect(stale()).toEqual([fleetKeys.details('a'), fleetKeys.alarms('a')]);
  refreshAfter(event('reset', {}), queries);
  expect(stale()).toEqual([fleetKeys.details('a'), fleetKeys.alarms('a'), fleetKeys.details('b')]);
});
