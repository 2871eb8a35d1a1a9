import type { RouteObject } from 'react-router';
import { ContactsLayout } from './ContactsLayout';
import { BlockedPage, ContactsPage } from './ContactsPage';
import { DiscoverPage } from './DiscoverPage';

/** Below `/contacts`. */
const routes: RouteObject[] = [
  {
    element: <ContactsLayout />,
    children: [
      { index: true, element: <ContactsPage /> },
      { path: 'discover', element: <DiscoverPage /> },
      { path: 'blocked', element: <BlockedPage /> },
    ],
  },
];

export default routes;
