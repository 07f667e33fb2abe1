import { refuse } from '../errors/refusal.js';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const SHUT = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'EIO',
  'EMFILE',
  'ENFILE',
  'EEXIST',
  'ENOTDIR',
  'ESTALE',
  'ETIMEDOUT',
]);

/** What callers hear of a disk that does not take or give a file; any other error stays what it is. */
export function refusalOf(error: unknown): unknown {
  const code = codeOf(error);
  if (code !== undefined && FULL.has(code)) return refuse('STORAGE_FULL');
  return code !== undefined && SHUT.has(code) ? refuse('UNAVAILABLE') : error;
}

export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | null)?.code;
}
