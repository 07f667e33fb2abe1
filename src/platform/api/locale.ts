import type { Locale } from '../errors/codes.js';
import { preferences } from './negotiate.rules.js';

/** The first language of the header that we speak; English otherwise. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const languages = preferences(acceptLanguage).map((tag) => tag.split('-')[0]);
  return languages.find((language) => language === 'en' || language === 'vi') === 'vi' ? 'vi' : 'en';
}
