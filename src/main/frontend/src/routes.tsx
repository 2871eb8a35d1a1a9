import { lazy } from 'react';
import type { ComponentType } from 'react';
import { Navigate, useRoutes } from 'react-router';
import type { RouteObject } from 'react-router';
import { loadAdminConsole } from './adminConsole';
import { AdminOnly, SignedInOnly, SignedOutOnly } from './shell/Guards';
import { Layout } from './shell/Layout';
import { NotFound } from './shell/NotFound';
import { RouteError } from './shell/ErrorBoundary';

const Login = lazy(() => import('./account/Login'));
const Register = lazy(() => import('./account/Register'));
const Profile = lazy(() => import('./account/Profile'));
const Inbox = lazy(() => import('./inbox/Inbox'));

/** A feature's own routes, fetched when it is first visited. */
function feature(load: () => Promise<{ default: RouteObject[] }>): ComponentType {
  return lazy(async () => {
    const { default: own } = await load();
    const below: RouteObject[] = [...own, { path: '*', element: <NotFound /> }];
    return {
      default: function FeatureRoutes() {
        return useRoutes(below);
      },
    };
  });
}

const Messages = feature(() => import('./messaging/routes'));
const Contacts = feature(() => import('./contacts/routes'));
const Machines = feature(() => import('./fleet/routes'));

const AdminConsole = loadAdminConsole ? lazy(loadAdminConsole) : NotFound;

/** The first segments are those of routes.json, by which the server knows what is a page. */
export const routes: RouteObject[] = [
  {
    errorElement: <RouteError />,
    children: [
      {
        element: <SignedOutOnly />,
        children: [
          { path: '/login', element: <Login /> },
          { path: '/register', element: <Register /> },
        ],
      },
      {
        element: <SignedInOnly />,
        children: [
          {
            element: <Layout />,
            children: [
              { path: '/', element: <Navigate to="/inbox" replace /> },
              { path: '/inbox', element: <Inbox /> },
              { path: '/messages/*', element: <Messages /> },
              { path: '/contacts/*', element: <Contacts /> },
              { path: '/machines/*', element: <Machines /> },
              { path: '/profile', element: <Profile /> },
              { path: '/admin/*', element: <AdminOnly><AdminConsole /></AdminOnly> },
              { path: '*', element: <NotFound /> },
            ],
          },
        ],
      },
    ],
  },
];
