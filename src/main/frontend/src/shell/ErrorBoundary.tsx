import { Component } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { Button, EmptyState } from '../components';

function Broken() {
  const { t } = useTranslation();
  return (
    <main className="alone" role="alert">
      <EmptyState
        icon="alert"
        title={t('broken.title')}
        action={
          <Button kind="primary" icon="refresh" onClick={() => window.location.reload()}>
            {t('broken.reload')}
          </Button>
        }
      >
        {t('broken.text')}
      </EmptyState>
    </main>
  );
}

/** Where a page fails, or cannot be fetched since a new version was installed meanwhile. */
export function RouteError() {
  useRouteError();
  return <Broken />;
}

/** The last resort: an error of the application itself shows a way on instead of an empty window. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Broken /> : this.props.children;
  }
}
