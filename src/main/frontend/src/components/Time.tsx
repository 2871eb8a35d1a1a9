import { useTranslation } from 'react-i18next';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, or the date once that says more. */
export function timeAgo(iso: string, language: string, now: number = Date.now()): string {
  const time = new Date(iso);
  const age = now - time.getTime();
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  if (age < MINUTE) {
    return relative.format(0, 'second');
  }
  if (age < HOUR) {
    return relative.format(-Math.floor(age / MINUTE), 'minute');
  }
  if (age < DAY) {
    return relative.format(-Math.floor(age / HOUR), 'hour');
  }
  const sameYear = time.getFullYear() === new Date(now).getFullYear();
  return time.toLocaleDateString(language, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) });
}

/** A moment of the server's, for people; the exact one as tooltip. */
export function Time({ at, exact = false }: { at: string; exact?: boolean }) {
  const { i18n } = useTranslation();
  const full = new Date(at).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  const text = exact ? full : timeAgo(at, i18n.language);
  return (
    // Another text is another element, not the one before that has moved.
    <time key={text} dateTime={at} title={full}>
      {text}
    </time>
  );
}
