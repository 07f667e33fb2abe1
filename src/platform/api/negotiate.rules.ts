/** What a request prefers: the parts of an `Accept` or `Accept-Language` header, dearest first, without those refused. */
export function preferences(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map((part) => {
      const [value = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((p) => /^\s*q=([\d.]+)/.exec(p)?.[1]).find((q) => q !== undefined);
      return { value: value.trim(), quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ value, quality }) => value !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ value }) => value);
}

/** The offered media type a request prefers; the first offered when it takes anything, null when it takes none. */
export function mediaTypeOf<T extends string>(accept: string | undefined, offered: readonly T[]): T | null {
  if (accept === undefined) return offered[0];
  for (const value of preferences(accept)) {
    const found = offered.find((type) => value === type || value === '*/*' || value === `${type.split('/')[0]}/*`);
    if (found) return found;
  }
  return null;
}

/** Dearest first, for callers who take anything. A browser names HTML before all else. */
const FORMS_OF_REFUSALS = ['application/problem+json', 'application/json', 'text/html'] as const;

/** Whether a refusal is read by a person before a browser, and not by a program. */
export function asksForPage(accept: string | undefined): boolean {
  return mediaTypeOf(accept, FORMS_OF_REFUSALS) === 'text/html';
}
