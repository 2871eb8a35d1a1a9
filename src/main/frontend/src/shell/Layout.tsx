import { useNotificationObserver } from '@fleetman/client';
import type { FleetNotification } from '@fleetman/client';
import { Suspense, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, ScrollRestoration, useNavigate } from 'react-router';
import { baseUrl } from '../api';
import { Spinner, useVoices } from '../components';
import { useMutedTypes } from '../inbox/mutes';
import { useNotificationText } from '../inbox/texts';
import { useLiveQueries } from '../live';
import { useSessionEnd } from '../session';
import { Header } from './Header';
import { Navigation } from './Navigation';

const ICON = new URL('icons/icon-192.png', baseUrl).href;

/** What surrounds every page of somebody who is signed in. New notifications are shown and read out from here. */
export function Layout() {
  const { t } = useTranslation();
  const { announce, toast } = useVoices();
  const navigate = useNavigate();
  const text = useNotificationText();

  const open = useCallback((actionUrl: string) => void navigate(actionUrl), [navigate]);
  const told = useCallback(
    (notification: FleetNotification) => announce(`${t('newNotification')}: ${text(notification).title}`),
    [announce, t, text],
  );
  const muted = useMutedTypes();
  useNotificationObserver({
    translate: text,
    navigate: open,
    icon: ICON,
    isMuted: ({ type }) => muted.includes(type),
    onNotification: told,
  });

  const ended = useCallback(
    (reason: string | null) => {
      if (reason !== 'logged_out') {
        toast(t(`ended.${reason ?? 'other'}`, { defaultValue: t('ended.other') }));
      }
    },
    [t, toast],
  );
  useSessionEnd(ended);
  useLiveQueries();

  return (
    <div className="frame">
      <a className="skip" href="#content" onClick={skipToContent}>
        {t('skip')}
      </a>
      <Header />
      <Navigation />
      <main id="content" className="content" tabIndex={-1}>
        <Suspense fallback={<Spinner />}>
          <Outlet />
        </Suspense>
      </main>
      <ScrollRestoration />
    </div>
  );
}

/** The page's base is the application's root, so a plain fragment would leave this page. */
function skipToContent(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}
