import type { Locale } from '../errors/codes.js';
import { preferences } from './negotiate.rules.js';

/** The first language of the header that we speak; English otherwise. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  return localeSpoken(acceptLanguage) ?? 'en';
}

/** The first language of a list that we speak, such as `vi` of `fr, vi-VN`; null when there is none. */
export function localeSpoken(languages: string | undefined): Locale | null {
  const spoken = preferences(languages).map((tag) => tag.split('-')[0]);
  return spoken.find((language) => language === 'en' || language === 'vi') ?? null;
}
