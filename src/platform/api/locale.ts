import type { Locale } from '../errors/codes.js';

/** The first language of the header that we speak; English otherwise. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((p) => /^\s*q=([\d.]+)/.exec(p)?.[1]).find((q) => q !== undefined);
      return { language: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ language, quality }) => quality > 0 && (language === 'en' || language === 'vi'))
    .sort((a, b) => b.quality - a.quality);
  return wanted[0]?.language === 'vi' ? 'vi' : 'en';
}
