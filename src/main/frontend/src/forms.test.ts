import { expect, test } from 'vitest';
import { parseNumber, wrongNumber, wrongText } from './forms';

test.each([
  ['1250.5', 1250.5],
  ['1250,5', 1250.5],
  [' 8 ', 8],
  ['', Number.NaN],
  ['1e3', Number.NaN],
  ['-1', Number.NaN],
  ['1.2.3', Number.NaN],
])('%j is the number %d', (text, value) => {
  expect(parseNumber(text)).toBe(value);
});

test.each([
  ['', 'required'],
  ['x', 'not_a_number'],
  ['1.234', 'too_precise'],
  ['25', 'out_of_range'],
  ['7,25', undefined],
])('%j as hours of a day: %s', (text, code) => {
  expect(wrongNumber(text, 0, 24)).toBe(code);
});

test('a text is as long as it has characters, without the white space around it', () => {
  expect(wrongText('  ', 10)).toBe('required');
  expect(wrongText(` ${'🏗'.repeat(10)} `, 10)).toBeUndefined();
  expect(wrongText('🏗'.repeat(11), 10)).toBe('too_long');
});
