/**
 * PostgreSQL's `hashtextextended(text, 0)`, which is Bob Jenkins' lookup3, run backwards: anybody can choose a text that
 * has the hash of another one. This is the attack that locks made of such a hash allowed.
 */
const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

type State = [a: number, b: number, c: number];

function mix([a, b, c]: State): State {
  a = ((a - c) ^ rotate(c, 4)) | 0;
  c = (c + b) | 0;
  b = ((b - a) ^ rotate(a, 6)) | 0;
  a = (a + c) | 0;
  c = ((c - b) ^ rotate(b, 8)) | 0;
  b = (b + a) | 0;
  a = ((a - c) ^ rotate(c, 16)) | 0;
  c = (c + b) | 0;
  b = ((b - a) ^ rotate(a, 19)) | 0;
  a = (a + c) | 0;
  c = ((c - b) ^ rotate(b, 4)) | 0;
  b = (b + a) | 0;
  return [a, b, c];
}

function unmix([a, b, c]: State): State {
  b = (b - a) | 0;
  c = ((c ^ rotate(b, 4)) + b) | 0;
  a = (a - c) | 0;
  b = ((b ^ rotate(a, 19)) + a) | 0;
  c = (c - b) | 0;
  a = ((a ^ rotate(c, 16)) + c) | 0;
  b = (b - a) | 0;
  c = ((c ^ rotate(b, 8)) + b) | 0;
  a = (a - c) | 0;
  b = ((b ^ rotate(a, 6)) + a) | 0;
  c = (c - b) | 0;
  a = ((a ^ rotate(c, 4)) + c) | 0;
  return [a, b, c];
}

function unfinish([a, b, c]: State): State {
  c = ((c + rotate(b, 24)) ^ b) | 0;
  b = ((b + rotate(a, 14)) ^ a) | 0;
  a = ((a + rotate(c, 4)) ^ c) | 0;
  c = ((c + rotate(b, 16)) ^ b) | 0;
  b = ((b + rotate(a, 25)) ^ a) | 0;
  a = ((a + rotate(c, 11)) ^ c) | 0;
  c = ((c + rotate(b, 14)) ^ b) | 0;
  return [a, b, c];
}

const added = ([a, b, c]: State, bytes: Buffer, sign = 1): State => [
  (a + sign * bytes.readInt32LE(0)) | 0,
  (b + sign * bytes.readInt32LE(4)) | 0,
  (c + sign * bytes.readInt32LE(8)) | 0,
];

/** Letters, digits and the like: what JSON writes as it is. */
function isPlain(word: number): boolean {
  for (let i = 0; i < 32; i += 8) {
    const byte = (word >>> i) & 255;
    if (byte < 0x20 || byte > 0x7e || byte === 0x22 || byte === 0x5c) return false;
  }
  return true;
}

/** Texts of twelve letters which, between `before` and `after`, give the whole this hash. `before` is blocks of twelve bytes. */
export function textsWithHash(hash: bigint, before: string, after: string, most: number): string[] {
  const head = Buffer.from(before);
  const tail = Buffer.from(after);
  if (head.length % 12 !== 0 || tail.length > 11) throw new Error('the text does not end on a block');
  let start: State = Array<number>(3).fill((0x9e3779b9 + head.length + 12 + tail.length + 3923095) | 0) as State;
  for (let at = 0; at < head.length; at += 12) start = mix(added(start, head.subarray(at, at + 12)));
  // The lowest byte of the last word is left free by the hash.
  const last = Buffer.alloc(12);
  tail.copy(last, 0, 0, Math.min(8, tail.length));
  if (tail.length > 8) tail.copy(last, 9, 8);
  const [b, c] = [Number(BigInt.asIntN(32, hash >> 32n)), Number(BigInt.asIntN(32, hash))];
  const found: string[] = [];
  for (let a = 0; found.length < most && a <= 0xffffffff; a++) {
    const [x, y, z] = unmix(added(unfinish([a | 0, b, c]), last, -1));
    const words = [(x - start[0]) | 0, (y - start[1]) | 0, (z - start[2]) | 0];
    if (!words.every(isPlain)) continue;
    const block = Buffer.alloc(12);
    words.forEach((word, i) => block.writeInt32LE(word, i * 4));
    found.push(block.toString('latin1'));
  }
  return found;
}
