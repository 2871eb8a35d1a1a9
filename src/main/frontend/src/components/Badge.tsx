import type { ReactNode } from 'react';

export type Tone = 'neutral' | 'info' | 'good' | 'warning' | 'bad';

/** A word on a coloured ground; the word alone says it too. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`badge badge-${tone}`}>{children}</span>;
}

/** A number as the server said it; nothing for zero. Whoever shows it says in words what is counted. */
export function Count({ value }: { value: number | null | undefined }) {
  if (!value) return null;
  const text = value > 99 ? '99+' : String(value);
  return (
    <span key={text} className="count" aria-hidden="true">
      {text}
    </span>
  );
}
