import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Times and numbers as the reader's language writes them, in the reader's time zone. */
export function useFormats() {
  const { i18n } = useTranslation();
  const language = i18n.language;
  return useMemo(() => {
    const formats = {
      time: new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' }),
      dateTime: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }),
      date: new Intl.DateTimeFormat(language, { dateStyle: 'medium' }),
      day: new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' }),
      dayOfOtherYear: new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric' }),
      number: new Intl.NumberFormat(language, { maximumFractionDigits: 2 }),
      hours: new Intl.NumberFormat(language, { style: 'unit', unit: 'hour', maximumFractionDigits: 2 }),
    };
    const thisYear = new Date().getFullYear();
    return {
      time: (iso: string) => formats.time.format(new Date(iso)),
      dateTime: (iso: string) => formats.dateTime.format(new Date(iso)),
      date: (iso: string) => formats.date.format(new Date(iso)),
      /** Monday, 30 November. */
      day: (iso: string) => {
        const at = new Date(iso);
        return (at.getFullYear() === thisYear ? formats.day : formats.dayOfOtherYear).format(at);
      },
      number: (value: number) => formats.number.format(value),
      /** 1,250.5 h. */
      hours: (value: number) => formats.hours.format(value),
    };
  }, [language]);
}
