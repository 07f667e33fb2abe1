import type { Locale } from '../errors/codes.js';
import { refuse } from '../errors/refusal.js';
import { localeOf } from '../api/locale.js';

export interface ChosenLanguage {
  readonly locale: Locale;
  /** By the header, for want of a `language` in the address. */
  readonly isNegotiated: boolean;
}

/** `?language=`, or else `Accept-Language`. */
export function languageOf(parameter: unknown, acceptLanguage: string | undefined): ChosenLanguage {
  if (parameter === 'en' || parameter === 'vi') return { locale: parameter, isNegotiated: false };
  if (parameter === undefined) return { locale: localeOf(acceptLanguage), isNegotiated: true };
  throw refuse('INVALID_VALUE', { path: ['language'], parameters: { why: 'language is en or vi.' } });
}
