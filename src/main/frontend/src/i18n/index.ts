import i18next from 'i18next';
import type { BackendModule, ReadCallback } from 'i18next';
import { initReactI18next } from 'react-i18next';

export const LANGUAGES = ['es', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const STORED = 'fleetman.language';

/** One file per language and feature: `./es/messaging.json` is the namespace `messaging`. */
const files = import.meta.glob<{ default: Record<string, unknown> }>(['./es/*.json', './en/*.json']);

const backend: BackendModule = {
  type: 'backend',
  init() {},
  read(language: string, namespace: string, done: ReadCallback) {
    const load = files[`./${language}/${namespace}.json`];
    if (!load) {
      done(new Error(`no texts: ${language}/${namespace}`), null);
      return;
    }
    load().then(
      (module) => done(null, module.default),
      (error: Error) => done(error, null),
    );
  },
};

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.includes(value as Language);
}

/** The one chosen here before, else the browser's, else Spanish. */
export function preferredLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (isLanguage(stored)) {
    return stored;
  }
  const known = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage);
  return known ?? 'es';
}

/** Shows everything in this language, and remembers it for the next visit. */
export async function speak(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  if (i18next.language !== language) {
    await i18next.changeLanguage(language);
  }
}

export async function startTexts(language: Language = preferredLanguage()): Promise<void> {
  i18next.on('languageChanged', (now) => {
    document.documentElement.lang = now;
  });
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      supportedLngs: LANGUAGES,
      ns: ['shell', 'errors', 'notifications'],
      defaultNS: 'shell',
      interpolation: { escapeValue: false },
      returnNull: false,
      react: { useSuspense: true },
    });
}
