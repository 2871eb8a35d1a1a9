import { useSyncExternalStore } from 'react';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const STORED = 'fleetman.theme';
const listeners = new Set<() => void>();

export function theme(): Theme {
  const stored = localStorage.getItem(STORED);
  return THEMES.find((known) => known === stored) ?? 'system';
}

/** Styles follow the attribute; without it, the system. */
export function applyTheme(): void {
  const chosen = theme();
  if (chosen === 'system') {
    delete document.documentElement.dataset['theme'];
  } else {
    document.documentElement.dataset['theme'] = chosen;
  }
}

export function chooseTheme(chosen: Theme): void {
  localStorage.setItem(STORED, chosen);
  applyTheme();
  listeners.forEach((listener) => listener());
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    const stored = (event: StorageEvent) => {
      if (event.key === STORED) {
        applyTheme();
        listener();
      }
    };
    listeners.add(listener);
    window.addEventListener('storage', stored);
    return () => {
      listeners.delete(listener);
      window.removeEventListener('storage', stored);
    };
  }, theme);
}
