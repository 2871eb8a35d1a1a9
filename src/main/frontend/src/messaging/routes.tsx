import type { RouteObject } from 'react-router';
import { ConversationPage } from './ConversationPage';
import { MessagesPage, NoConversation } from './MessagesPage';

/** Below `/messages`. */
const routes: RouteObject[] = [
  {
    element: <MessagesPage />,
    children: [
      { index: true, element: <NoConversation /> },
      { path: 'conversations/:userId', element: <ConversationPage /> },
    ],
  },
];

export default routes;
