import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import routes from '../routes.json';
import { routes as table } from '../routes';

const HERE = 'src/i18n';
const JAVA = '../java/com/fleetman';
const PLURAL = /_(zero|one|two|few|many|other)$/;

type Texts = { readonly [key: string]: string | Texts };

function texts(language: string, file: string): Texts {
  return JSON.parse(readFileSync(join(HERE, language, file), 'utf8')) as Texts;
}

/** Every text by its whole key; the forms of a plural, which languages have different ones of, under one. */
function flat(all: Texts, before = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(all)) {
    if (typeof value === 'string') {
      found.set((before + key).replace(PLURAL, ''), value);
    } else {
      flat(value, `${before}${key}.`).forEach((text, name) => found.set(name, text));
    }
  }
  return found;
}

function values(text: string | undefined): string[] {
  return [...(text ?? '').matchAll(/{{\s*(\w+)/g)].map((match) => match[1] ?? '').sort();
}

const files = readdirSync(join(HERE, 'es')).filter((file) => file.endsWith('.json'));

test('both languages have the same files', () => {
  expect(readdirSync(join(HERE, 'en')).filter((file) => file.endsWith('.json'))).toEqual(files);
});

describe.each(files)('%s', (file) => {
  const es = flat(texts('es', file));
  const en = flat(texts('en', file));

  test('has the same keys in both languages', () => {
    expect([...en.keys()].sort()).toEqual([...es.keys()].sort());
  });

  test('has no empty text, and the same values in both languages', () => {
    for (const [key, text] of es) {
      expect(text.trim(), key).not.toBe('');
      expect(en.get(key)?.trim(), key).not.toBe('');
      expect(values(en.get(key)), key).toEqual(values(text));
    }
  });
});

function javaFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? javaFiles(path) : path.endsWith('.java') ? [path] : [];
  });
}

test('every notification of the server has its texts', () => {
  const known = [...flat(texts('en', 'notifications.json')).keys()];
  const named = javaFiles(JAVA).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/"(notification\.[a-z]+\.[a-z_.]*)"/g)].map((match) => match[1] ?? ''),
  );
  expect(named.length).toBeGreaterThan(5);
  for (const key of named) {
    // A whole key, or the beginning of some.
    expect(known.filter((name) => name === key || name.startsWith(key.endsWith('.') ? key : `${key}.`)), key).not.toEqual([]);
  }
  const kinds = ['incident', 'failure', 'stop', 'repair', 'maintenance'].map((kind) => `machine.event.${kind}`);
  const results = ['approved', 'disapproved', 'not_initiated'].map((result) => `quickcheck.${result}`);
  for (const what of [...kinds, ...results]) {
    expect(known).toContain(`notification.${what}.title`);
    expect(known).toContain(`notification.${what}.description`);
  }
});

test('every code of docs/api.md has its text', () => {
  const known = flat(texts('en', 'errors.json'));
  const table = readFileSync('../../../docs/api.md', 'utf8').split('## Codes')[1] ?? '';
  const codes = [...table.matchAll(/`([a-z_]+)`/g)].map((match) => match[1] ?? '').filter((code) => code !== 'errors');
  expect(codes.length).toBeGreaterThan(50);
  expect(codes.filter((code) => !known.has(code))).toEqual([]);
});

test('the server knows every page', () => {
  const paths = table.flatMap(function all(route): string[] {
    return [...(route.path ? [route.path] : []), ...(route.children ?? []).flatMap(all)];
  });
  const first = paths.map((path) => path.split('/')[1]).filter((segment) => segment);
  expect([...new Set(first)].sort()).toEqual([...routes].sort());
});
