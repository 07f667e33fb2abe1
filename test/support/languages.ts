/** Finds words of the one language in a text of the other. */

/** Names, values and code that a sentence quotes belong to no language. */
const QUOTED = /`[^`]*`|\d{4}-\d{2}-\d{2}T[\d:.]+Z|"[^"]*"|https?:\/\/\S+|\S+@\S+|[\w.-]+\/[\w.+-]+/g;
const VIETNAMESE_LETTER = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/i;

/** Words that Vietnamese has taken over, and names. */
const TAKEN_OVER = new Set(
  [
    'api',
    'video',
    'byte',
    'url',
    'json',
    'utf',
    'iana',
    'iso',
    'rfc',
    'bcp',
    'sha',
    'nul',
    'surrogate',
    'excel',
    'word',
    'zip',
    'xml',
    'csv',
  ].concat(
    [
      'gzip',
      'pdf',
      'powerpoint',
      'opendocument',
      'macro',
      'get',
      'post',
      'giving',
      'graphql',
      'bit',
      'eof',
      'svg',
      'goodfaith',
    ],
    [
      'open',
      'road',
      'alliance',
      'asia',
      'ho',
      'chi',
      'minh',
      'q',
      'gb',
      'chc',
      'vnd',
      'usd',
      'u',
      'http',
      'https',
      'b',
      'min',
    ],
  ),
);
/** English words that could be syllables of Vietnamese by their letters. */
const ENGLISH = new Set([
  'the',
  'then',
  'them',
  'on',
  'he',
  'me',
  'no',
  'so',
  'when',
  'an',
  'in',
  'to',
  'go',
  'do',
  'can',
  'long',
  'may',
  'say',
  'they',
  'one',
]);
/** Of these, the ones that Vietnamese uses itself. */
const BOTH = new Set(['an', 'in', 'to', 'do', 'can', 'so', 'no', 'long', 'may', 'say', 'go', 'me']);

const ONSET = '(?:b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|q|r|s|th|tr|t|v|x)?';
const RIME = '[aeiouyăâêôơư]{1,3}(?:ch|c|m|ng|nh|n|p|t)?';
const SYLLABLE = new RegExp(`^${ONSET}${RIME}$`);
/** A syllable that ends so has one of two tones, so that it is never without a mark. */
const STOPPED = /(?:ch|[cpt])$/;
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

function isVietnamese(word: string): boolean {
  const bare = word.normalize('NFD').replace(TONES, '').normalize('NFC');
  if (!SYLLABLE.test(bare)) return false;
  if (STOPPED.test(bare) && bare === word.normalize('NFC')) return false;
  return !ENGLISH.has(word) || BOTH.has(word);
}

export function foreignWords(text: string, language: 'en' | 'vi'): string[] {
  const words =
    text
      .replace(QUOTED, ' ')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  if (language === 'en') return words.filter((word) => VIETNAMESE_LETTER.test(word));
  return words.filter((word) => !TAKEN_OVER.has(word) && !isVietnamese(word));
}

/** Codes such as ACTIVE or AGGREGATE_ONLY that stand in a sentence as if they were words. */
export function rawCodes(text: string): string[] {
  const words = text.replace(QUOTED, ' ').match(/\b[A-Z][A-Z_]+\b/g) ?? [];
  return words.filter((word) => !TAKEN_OVER.has(word.toLowerCase()) && word !== 'UTC');
}
