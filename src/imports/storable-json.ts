/**
 * A row of the file as PostgreSQL can keep it. Fields that nobody reads may hold what its jsonb refuses: U+0000 and
 * halves of surrogate pairs, which `JSON.stringify` writes as escapes (and only those as `\ud...`).
 */
export function storableJson(raw: unknown): string {
  // An escaped backslash is skipped as a pair, so that what follows it is not taken for an escape.
  return JSON.stringify(raw).replace(/\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g, (escape) =>
    escape === '\\\\' ? escape : '\\ufffd',
  );
}
