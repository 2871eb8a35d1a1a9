import type { RefObject } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { Button } from '../components';

interface NewsProps {
  /** How many wait. */
  readonly count: number;
  readonly onShow: () => void;
  /** The list: its first entry takes the focus from the button, which goes. */
  readonly list: RefObject<HTMLElement | null>;
}

/** Shows what has come or moved up while the list was looked at. Its place is always there. */
export function News({ count, onShow, list }: NewsProps) {
  const { t } = useTranslation();
  return (
    <div className="news">
      {count > 0 ? (
        <Button
          small
          kind="primary"
          onClick={() => {
            flushSync(onShow);
            list.current?.querySelector<HTMLElement>('a, button, [tabindex]')?.focus();
          }}
        >
          <span aria-hidden="true">↑</span> {t('news', { count })}
        </Button>
      ) : null}
    </div>
  );
}

/** Says of a row that it is in the list no more. */
export function Gone() {
  const { t } = useTranslation();
  return <span className="visually-hidden">{t('gone')}</span>;
}
