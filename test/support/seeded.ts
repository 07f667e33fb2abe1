/**
 * Random bytes that are the same in every run with the same seed: sfc32 (Chris Doty-Humphrey, PractRand), which is fast
 * and passes its tests. Good enough to test with, and for nothing else.
 */
export function seededBytes(seed: number): (size: number) => Buffer {
  let [a, b, c, counter] = [seed >>> 0, 0x9e3779b9, 0x243f6a88, 1];
  const word = (): number => {
    const sum = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
    return sum;
  };
  for (let i = 0; i < 16; i++) word();
  return (size) => {
    const bytes = Buffer.alloc(size);
    for (let i = 0; i + 4 <= size; i += 4) bytes.writeUInt32LE(word(), i);
    for (let i = size - (size % 4); i < size; i++) bytes[i] = word() & 0xff;
    return bytes;
  };
}
