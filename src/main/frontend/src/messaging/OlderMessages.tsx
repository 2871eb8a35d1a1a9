import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Failure } from '../components';

interface OlderMessagesProps {
  readonly box: RefObject<HTMLElement | null>;
  readonly load: () => Promise<void>;
}

/** The upper end of a conversation that goes on: fetched as the reader comes near it, and by its button. */
export function OlderMessages({ box, load }: OlderMessagesProps) {
  const { t } = useTranslation('messaging');
  const place = useRef<HTMLDivElement>(null);
  const [loading, setLoading] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const fetchMore = useCallback(() => {
    setLoading(true);
    setError(null);
    load()
      .catch(setError)
      .finally(() => setLoading(false));
  }, [load]);

  useEffect(() => {
    const element = place.current;
    // After a failure only the button tries again.
    if (!element || loading || error !== null || typeof IntersectionObserver === 'undefined') return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) fetchMore();
      },
      { root: box.current, rootMargin: '300px 0px 0px 0px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [box, loading, error, fetchMore]);

  return (
    <div ref={place} className="log-older">
      {error !== null ? (
        <Failure error={error} retry={fetchMore} />
      ) : (
        <Button small busy={loading} onClick={fetchMore}>
          {t('log.older')}
        </Button>
      )}
    </div>
  );
}
