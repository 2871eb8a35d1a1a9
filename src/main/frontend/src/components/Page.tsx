import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useLocation } from 'react-router';
import { IconButton } from './Button';

/**
 * A page: its title for the browser's tab, its heading, and what can be done on it. A new page takes the focus to its
 * heading, so that screen readers begin there.
 */
export function Page({
  title,
  heading,
  actions,
  onBack,
  backLabel,
  fill = false,
  children,
}: {
  title: string;
  /** In the heading's place, where it is more than the title. */
  heading?: ReactNode;
  actions?: ReactNode;
  onBack?: () => void;
  backLabel?: string;
  /** As high as the window, and scrolls within: a conversation. */
  fill?: boolean;
  children: ReactNode;
}) {
  const ref = useRef<HTMLHeadingElement>(null);
  const { key, pathname } = useLocation();
  useEffect(() => {
    if (key !== 'default') {
      ref.current?.focus({ preventScroll: true });
    }
    // A filter in the address is no new page.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [pathname]);
  return (
    <div className={fill ? 'page page-fill' : 'page'}>
      <title>{`${title} · FleetMan`}</title>
      <header className="page-header">
        {onBack && <IconButton icon="back" label={backLabel ?? ''} onClick={onBack} />}
        <h1 ref={ref} tabIndex={-1} className="page-title">
          {heading ?? title}
        </h1>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
