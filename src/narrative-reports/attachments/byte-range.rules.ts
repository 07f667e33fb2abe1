/** Bytes of a file, both included. */
interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * What a `Range` header asks for (RFC 9110, section 14): one range of bytes, 'ALL' when there is none or it is of
 * another kind or several, which a server may answer with the whole; 'NONE' when it lies outside the file.
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | 'ALL' | 'NONE' {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (from === undefined || (from === '' && to === '')) return 'ALL';
  if (from === '') {
    const length = Math.min(Number(to), size);
    return length === 0 ? 'NONE' : { first: size - length, last: size - 1 };
  }
  const first = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < first) return 'ALL';
  return first >= size ? 'NONE' : { first, last };
}
