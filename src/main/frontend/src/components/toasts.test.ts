import { expect, test } from 'vitest';
import { closing, opening } from './Toast';

type Toasts = Parameters<typeof closing>[0];

function opened(all: Toasts, id: number): Toasts {
  return opening(all, { id, text: '', tone: 'info' });
}

/** Lowest first, with `-` for a place that is kept. */
function places(all: Toasts): string {
  return all.map((toast) => (toast.closed ? '-' : String(toast.id))).join(' ');
}

test('a toast that closes moves none that is open: its place is kept, and taken by the next one', () => {
  const three = [1, 2, 3].reduce<Toasts>(opened, []);
  expect(places(three)).toBe('1 2 3');
  const two = closing(three, 1);
  expect(places(two)).toBe('- 2 3');
  expect(places(opened(two, 4))).toBe('4 2 3');
  expect(places(closing(two, 3))).toBe('- 2');
  expect(places(closing(closing(two, 2), 3))).toBe('');
});

test('one more than there is room for takes the place of the oldest', () => {
  const three = [1, 2, 3].reduce<Toasts>(opened, []);
  expect(places(opened(three, 4))).toBe('4 2 3');
  expect(places(opened(opened(three, 4), 5))).toBe('4 5 3');
});
