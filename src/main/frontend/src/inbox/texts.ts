import type { FleetNotification } from '@fleetman/client';
import i18next from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

interface Texts {
  readonly title: string;
  readonly body: string;
}

/** What a key of the server's is in this language, with the metadata's values; a plain text stays itself. */
function translated(text: string, notification: FleetNotification): string {
  const { metadata } = notification;
  const machine = metadata['nickname'] || metadata['machineName'];
  const count = metadata['count'];
  return i18next.t(text, {
    ns: 'notifications',
    // Their dots are part of the keys: `notification.message.received` stands beside `….received.description`.
    keySeparator: false,
    nsSeparator: false,
    defaultValue: text,
    replace: { ...metadata, machine },
    ...(typeof count === 'number' ? { count } : {}),
  });
}

/** Title and text of a notification for people; changes with the language. */
export function useNotificationText(): (notification: FleetNotification) => Texts {
  const { i18n } = useTranslation('notifications');
  const language = i18n.language;
  return useCallback(
    (notification: FleetNotification) => ({
      title: translated(notification.title, notification),
      body: translated(notification.message, notification),
    }),
    // A new function for another language, though it is not named within.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [language],
  );
}
