import { Problem } from '@fleetman/client';
import { useQuery } from '@tanstack/react-query';
import { fleetKeys, getTemplate } from './api';

/** The template of a machine's quick checks; null where none was set yet. */
export function useTemplate(machineId: string) {
  return useQuery({
    queryKey: fleetKeys.template(machineId),
    queryFn: ({ signal }) =>
      getTemplate(machineId, signal).catch((error: unknown) => {
        if (error instanceof Problem && error.code === 'template_not_found') return null;
        throw error;
      }),
  });
}
