import { describe, expect, it } from '@jest/globals';
import { figureOf, figureText, isTellable, valueText } from './figure.rules.js';

describe('a figure', () => {
  it.each([
    [141, 'en', '141 (132 to 150)'],
    [141, 'vi', '141 (132 đến 150)'],
    // T is 19 at 0.35: from there on noise alone makes it at most once in a thousand.
    [19, 'en', '19 (10 to 28)'],
    [18, 'en', 'fewer than 19'],
    [18, 'vi', 'dưới 19'],
    [-4, 'en', 'fewer than 19'],
  ] as const)('%i is shown in %s as %s', (value, locale, text) => {
    expect(figureText(figureOf({ value, epsilon: 350 }), locale)).toBe(text);
  });

  it('keeps its sign where it is data', () => {
    expect(figureOf({ value: -4, epsilon: 350 })).toEqual({ value: -4, lower: -13, upper: 5, threshold: 19 });
  });

  it('needs more to say something when its noise is larger', () => {
    const figure = figureOf({ value: 20, epsilon: 200 });
    expect(isTellable(figure)).toBe(false);
    expect(valueText(figure, 'en')).toBe('fewer than 32');
  });
});
