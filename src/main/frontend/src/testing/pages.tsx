import { FleetProvider, type Account } from '@fleetman/client';
import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { Suspense } from 'react';
import { createMemoryRouter, RouterProvider, type RouteObject } from 'react-router';
import { client, ME, queryClient } from '../api';
import { ToastProvider } from '../components';
import { SessionProvider } from '../session';

export const OWNER: Account = {
  id: '0a0a0a0a-0000-4000-8000-000000000001',
  email: 'owner@fleetman.example',
  type: 'CLIENT',
  companyName: 'Grúas Norte',
  roles: ['CLIENT'],
  locale: 'en',
  createdAt: '2026-01-01T00:00:00.000Z',
};

/** Shows these routes at that address to somebody who is signed in, as the application does. */
export function showPage(routes: RouteObject[], address: string, account: Account = OWNER) {
  queryClient.clear();
  queryClient.setQueryData(ME, account);
  const router = createMemoryRouter(routes, { initialEntries: [address] });
  const shown = render(
    <QueryClientProvider client={queryClient}>
      <ToastProvider>
        <SessionProvider>
          {(who) => (
            <FleetProvider client={client} userId={who?.id ?? null}>
              <Suspense fallback={null}>
                <RouterProvider router={router} />
              </Suspense>
            </FleetProvider>
          )}
        </SessionProvider>
      </ToastProvider>
    </QueryClientProvider>,
  );
  return { ...shown, router };
}
