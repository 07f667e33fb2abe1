import type { Locale } from '../../platform/errors/codes.js';
import { lawOfSum, marginOf, thresholdOf } from '../noise-law.rules.js';

/** A published value with what is known about its noise. All are whole organizations, signed as they were drawn. */
export interface Figure {
  readonly value: number;
  /** The 95 % interval that the noise leaves for the true count. */
  readonly lower: number;
  readonly upper: number;
  /** Below it a value could be noise alone. */
  readonly threshold: number;
}

/** A signed value, and the epsilon of its noise in thousandths. */
export interface Term {
  readonly value: number;
  readonly epsilon: number;
}

export function figureOf(term: Term): Figure {
  return figureOfSum([term]);
}

/** Of several values whose noise was drawn independently: a year of quarters, all cells of a kind. */
export function figureOfSum(terms: readonly Term[]): Figure {
  const law = lawOfSum(terms.map(({ epsilon }) => epsilon));
  const margin = marginOf(law);
  const value = terms.reduce((sum, term) => sum + term.value, 0);
  return { value, lower: value - margin, upper: value + margin, threshold: thresholdOf(law) };
}

/** What people are shown: no interval and no number where noise alone could have made it, and nothing below zero. */
export function isTellable({ value, threshold }: Figure): boolean {
  return value >= threshold;
}

const WORDS: Readonly<Record<Locale, { fewer: string; to: string }>> = {
  en: { fewer: 'fewer than', to: 'to' },
  vi: { fewer: 'dưới', to: 'đến' },
};

export function valueText(figure: Figure, locale: Locale): string {
  return isTellable(figure) ? String(figure.value) : `${WORDS[locale].fewer} ${figure.threshold}`;
}

export function figureText(figure: Figure, locale: Locale): string {
  const value = valueText(figure, locale);
  return isTellable(figure) ? `${value} (${intervalText(figure, locale)})` : value;
}

export function intervalText({ lower, upper }: { lower: number; upper: number }, locale: Locale): string {
  return `${Math.max(0, lower)} ${WORDS[locale].to} ${upper}`;
}
