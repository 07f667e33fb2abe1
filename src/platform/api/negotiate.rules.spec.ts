import { expect, it } from '@jest/globals';
import { mediaTypeOf } from './negotiate.rules.js';

it.each([
  [undefined, 'text/plain'],
  ['*/*', 'text/plain'],
  ['text/*;q=0.1', 'text/plain'],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html'],
  ['text/plain;q=0.5, TEXT/HTML;q=0.6', 'text/html'],
  ['text/html;q=0, */*', 'text/plain'],
  ['application/json, text/html;q=0.1', 'text/html'],
  ['application/json', null],
  ['', null],
])('%s takes %s', (accept, type) => {
  expect(mediaTypeOf(accept, ['text/plain', 'text/html'])).toBe(type);
});
