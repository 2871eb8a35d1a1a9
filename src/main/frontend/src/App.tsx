import { FleetProvider, topicsOf } from '@fleetman/client';
import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense } from 'react';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { basename, client, queryClient } from './api';
import { Spinner, ToastProvider } from './components';
import { routes } from './routes';
import { SessionProvider } from './session';
import { ErrorBoundary } from './shell/ErrorBoundary';

const router = createBrowserRouter(routes, { basename: basename || '/' });

export function App() {
  return (
    <ErrorBoundary>
      <QueryClientProvider client={queryClient}>
        <Suspense fallback={null}>
          <ToastProvider>
            <SessionProvider>
              {(account) => (
                <FleetProvider client={client} userId={account?.id ?? null} topics={topicsOf(account)}>
                  <Suspense fallback={<Spinner />}>
                    <RouterProvider router={router} />
                  </Suspense>
                </FleetProvider>
              )}
            </SessionProvider>
          </ToastProvider>
        </Suspense>
      </QueryClientProvider>
    </ErrorBoundary>
  );
}
