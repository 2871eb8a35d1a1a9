import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button';

/** The end of a list that has more: fetches it when it comes into view, and by its button without scrolling. */
export function LoadMore({ hasMore, loading, onMore }: { hasMore: boolean; loading: boolean; onMore: () => void }) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const more = useRef(onMore);
  useEffect(() => {
    more.current = onMore;
  });
  useEffect(() => {
    const end = place.current;
    if (!end || !hasMore || loading || typeof IntersectionObserver === 'undefined') {
      return;
    }
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) {
          more.current();
        }
      },
      { rootMargin: '400px' },
    );
    observer.observe(end);
    return () => observer.disconnect();
  }, [hasMore, loading]);
  if (!hasMore) {
    return null;
  }
  return (
    <div ref={place} className="load-more">
      <Button busy={loading} onClick={onMore}>
        {t('loadMore')}
      </Button>
    </div>
  );
}
