import { type AdminStatsData, useFleetEvents } from '@fleetman/client';
import { useState } from 'react';

const KEPT = 60;

/** What the nodes say of themselves, oldest first, for as long as it is looked at. An administrator's connection carries it. */
export function useAdminStats(): readonly AdminStatsData[] {
  const [stats, setStats] = useState<readonly AdminStatsData[]>([]);
  useFleetEvents((event) => {
    if (event.name === 'admin-stats') {
      setStats((before) => [...before.slice(1 - KEPT), event.data]);
    }
  });
  return stats;
}
