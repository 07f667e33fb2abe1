import type { Locale } from '../errors/codes.js';
import { invalidValue } from '../errors/refusal.js';
import { localeOf, localeSpoken } from '../api/locale.js';

export interface ChosenLanguage {
  readonly locale: Locale;
  /** By the header, for want of a `language` in the address. */
  readonly isNegotiated: boolean;
  /** A page was asked for in a language that we do not speak. */
  readonly isUnspoken?: boolean;
}

/** `?language=`, or else `Accept-Language`. For files, which programs ask for: a language that we do not speak is refused. */
export function languageOf(parameter: unknown, acceptLanguage: string | undefined): ChosenLanguage {
  if (parameter === 'en' || parameter === 'vi') return { locale: parameter, isNegotiated: false };
  if (parameter === undefined) return { locale: localeOf(acceptLanguage), isNegotiated: true };
  throw invalidValue(['language'], 'LANGUAGE_UNKNOWN');
}

/** For pages, which people open: whoever follows a link with a language that we do not speak reads one that we do, and is told so. */
export function languageOfPage(parameter: unknown, acceptLanguage: string | undefined): ChosenLanguage {
  const spoken = typeof parameter === 'string' ? localeSpoken(parameter) : null;
  if (spoken) return { locale: spoken, isNegotiated: false };
  const isUnspoken = parameter !== undefined && parameter !== '';
  return { locale: localeOf(acceptLanguage), isNegotiated: true, isUnspoken };
}
