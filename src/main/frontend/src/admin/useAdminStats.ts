import { SSEClient } from '@fleetman/client';
import { useEffect, useState } from 'react';
import { client } from '../api';
import type { AdminStats } from './api';

const KEPT = 60;

/** What the nodes say of themselves, oldest first, for as long as it is looked at: the stream's topic for administrators. */
export function useAdminStats(): readonly AdminStats[] {
  const [stats, setStats] = useState<readonly AdminStats[]>([]);
  useEffect(() => {
    const stream = new SSEClient();
    stream.on('admin-stats', (data: AdminStats) => setStats((before) => [...before.slice(1 - KEPT), data]));
    stream.connect(new URL('api/v1/notifications/stream?topics=admin', client.baseUrl), () => undefined);
    return () => stream.disconnect();
  }, []);
  return stats;
}
