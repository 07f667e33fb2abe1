const PLAIN: Readonly<Record<string, string>> = {
  ...{ đ: 'd', ð: 'd', ł: 'l', ø: 'o', ħ: 'h', ı: 'i', ŧ: 't' },
};

/** Text without case and marks, as the database's `fold_text` has it for its index; a test holds them together. */
export function fold(text: string): string {
  const bare = text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase();
  return bare.replace(/[đðłøħıŧ]/g, (letter) => PLAIN[letter]);
}

/** Whether there is anything to look for. */
export function hasWord(query: string): boolean {
  return /[\p{L}\p{N}]/u.test(query);
}

/** How many words a search is made of, those included that must not be there. */
export function countWords(query: string): number {
  return query.match(/[\p{L}\p{N}\p{M}]+/gu)?.length ?? 0;
}

/** The words somebody looks for, folded: without those that must not be there, and without OR. */
export function wordsOf(query: string): string[] {
  const wanted = query.replace(/(^|\s)-("[^"]*"|\S+)/g, ' ');
  const words = fold(wanted).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return [...new Set(words.filter((word) => word !== 'or'))];
}
