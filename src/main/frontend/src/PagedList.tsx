import { type ReactNode, useRef } from 'react';
import { Failure, LoadMore, Spinner } from './components';
import { News } from './steady/News';
import type { Pages } from './usePages';

interface PagedListProps<T> {
  readonly pages: Pages<T>;
  readonly className: string;
  /** In the place of a list without entries. */
  readonly empty: ReactNode;
  /** An entry, as a list item; `gone` is true of one that is in the list no more. */
  readonly children: (item: T, gone: boolean) => ReactNode;
}

/** A list of which more is fetched at its end, and which does not move by itself. */
export function PagedList<T>({ pages, className, empty, children }: PagedListProps<T>) {
  const list = useRef<HTMLUListElement>(null);
  if (pages.rows.length === 0) {
    if (pages.error) return <Failure error={pages.error} retry={pages.retry} />;
    if (pages.loading) return <Spinner />;
    if (!pages.hasMore) return <>{empty}</>;
  }
  return (
    <div className="paged">
      <News count={pages.waiting} onShow={pages.show} list={list} />
      <ul ref={list} className={className}>
        {pages.rows.map(({ item, gone }) => children(item, gone))}
      </ul>
      <LoadMore hasMore={pages.hasMore} loading={pages.loadingMore} onMore={pages.loadMore} />
    </div>
  );
}
