import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { streamGrants } from './grant-stream.js';
import type { StreamedGrant } from './package-reader.js';
import { UnreadableFile } from './unreadable-file.js';

const SAMPLE = `{
  "version": "1.4", "meta": {"grants": [1, {"grants": []}], "note": "grants"},
  "grants": [
    {"id": "360G-x-1", "title": "Caf\u00e9 \u{1f33e} \\"quoted\\" \\u00e9\\ud83c\\udf3e", "amountAwarded": 15000.0, "empty": {}, "list": []},
    {"id": "360G-x-2", "amountAwarded": 9007199254740993, "nested": {"a": [true, false, null, -1e-7]}},
    null
  ],
  "after": [[], {}]
}`;

describe('streamGrants', () => {
  it('hands out each grant with its position and length', async () => {
    const { grants, failure } = await read([Buffer.from(SAMPLE)]);
    expect(failure).toBeNull();
    expect(grants.map(({ position }) => position)).toEqual([0, 1, 2]);
    expect(grants[0]?.raw).toMatchObject({ id: '360G-x-1', title: 'Café 🌾 "quoted" é🌾', empty: {}, list: [] });
    const second = SAMPLE.split('\n')[4]?.trim().slice(0, -1) ?? '';
    expect(grants[1]?.bytes).toBe(Buffer.byteLength(second));
    expect(grants[2]?.raw).toBeNull();
  });

  it.each(['15000.0', '3239.34', '1e3', '9007199254740993', '0.1', '-0', '-12.50E+2', '0.10000000000000000001'])(
    'keeps the number %s as it stands in the file',
    async (number) => {
      const { grants } = await read([Buffer.from(`{"grants":[{"amount":${number}}]}`)]);
      expect(grants[0]?.raw).toEqual({ amount: number });
    },
  );

  it('takes the last of several equal keys, and __proto__ as a plain one', async () => {
    const { grants } = await read([Buffer.from('{"grants":[{"id":"a","id":"b","__proto__":{"admin":true}}]}')]);
    const raw = grants[0]?.raw as Record<string, unknown>;
    expect(raw.id).toBe('b');
    expect(raw.admin).toBeUndefined();
    expect(Object.getPrototypeOf(raw)).toBe(Object.prototype);
  });

  it('reads a file with a byte order mark, and an empty list', async () => {
    const { grants, failure } = await read([Buffer.from('\uFEFF{"grants":[{"id":"a"}]}')]);
    expect(failure).toBeNull();
    expect(grants).toHaveLength(1);
    expect(await read([Buffer.from('{"grants": []}\r\n')])).toEqual({ grants: [], failure: null });
  });

  it.each<[string, Uint8Array | string, string]>([
    ['nothing', '', 'EMPTY_FILE'],
    ['blank space', ' \r\n\t', 'EMPTY_FILE'],
    ['only a byte order mark', '\uFEFF', 'EMPTY_FILE'],
    ['gzip', gzipSync(SAMPLE), 'GZIP_FILE'],
    ['a ZIP or Excel file', Buffer.from('PK\u0003\u0004...'), 'ZIP_OR_EXCEL_FILE'],
    ['an old Excel file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'ZIP_OR_EXCEL_FILE'],
    ['UTF-16 with a mark', Buffer.from(`\uFEFF${SAMPLE}`, 'utf16le'), 'UTF_16_FILE'],
    ['UTF-16 without one', Buffer.from(SAMPLE, 'utf16le'), 'UTF_16_FILE'],
    ['Latin-1', Buffer.from('{"grants":[{"title":"Caf\u00e9"}]}', 'latin1'), 'NOT_UTF_8'],
    ['a cut character', Buffer.from('7b2267223a22c3227d', 'hex'), 'NOT_UTF_8'],
    ['PDF', '%PDF-1.7 ', 'PDF_FILE'],
    ['a form', '--x\r\nContent-Disposition: form-data; name="file"\r\n\r\n{"grants":[]}\r\n--x--\r\n', 'FORM'],
    ['CSV', 'Identifier,Title\n1,2', 'CSV_FILE'],
    ['CSV with semicolons, in quotes', '"Nr";"Betrag"\r\n"1";"2"', 'CSV_FILE'],
    ['a table with tabs', '\uFEFFid\ttitle\n', 'CSV_FILE'],
    ['flat 360Giving', 'Identifier,Amount Awarded,Recipient Org:0:Name\n1,2,3', 'FLAT_CSV_FILE'],
    ['flat 360Giving by paths', '"id","recipientOrganization/0/name"\n1,2', 'FLAT_CSV_FILE'],
    ['a flat list', '[{"Identifier": "1", "Recipient Org:Name": "a"}]', 'FLAT_JSON_FILE'],
    ['HTML', '<!doctype html>', 'HTML_FILE'],
    ['HTML without a type', '\n<html lang="en">', 'HTML_FILE'],
    ['XML', '<?xml version="1.0"?><grants/>', 'XML_FILE'],
    ['IATI', '<?xml version="1.0"?>\n<!-- 2020 -->\n<iati-activities version="2.03">', 'IATI_XML_FILE'],
    ['words', 'Dear all, here it is', 'NOT_JSON'],
    ['a missing comma', '{"grants":[{} {}]}', 'NOT_JSON'],
    ['a trailing comma', '{"grants":[{},]}', 'NOT_JSON'],
    ['a leading zero', '{"grants":[{"amount":01}]}', 'NOT_JSON'],
    ['NaN', '{"grants":[{"amount":NaN}]}', 'NOT_JSON'],
    ['a raw newline in text', '{"grants":[{"title":"a\nb"}]}', 'NOT_JSON'],
    ['a broken value beside the list', '{"meta": , "grants":[]}', 'NOT_JSON'],
    ['text after the end', '{"grants":[]} {"grants":[]}', 'NOT_JSON'],
    ['a bare list', '[{"id":"a"}]', 'JSON_LIST_FILE'],
    ['a bare number', '5', 'NO_GRANTS_LIST'],
    ['a bare text', '"grants"', 'NO_GRANTS_LIST'],
    ['no grants', '{"grantz":[{"id":"a"}]}', 'NO_GRANTS_LIST'],
    ['grants that are an object', '{"grants":{"a":{"id":"a"}}}', 'NO_GRANTS_LIST'],
    ['grants that are null', '{"grants":null}', 'NO_GRANTS_LIST'],
    ['grants at another level only', '{"data":{"grants":[{"id":"a"}]}}', 'NO_GRANTS_LIST'],
    ['two lists', '{"grants":[],"grants":[]}', 'REPEATED_GRANTS_LIST'],
    ['deep nesting', `{"meta":${'['.repeat(100_000)}`, 'NESTED_TOO_DEEPLY'],
  ])('refuses %s', async (_what, content, code) => {
    const { grants, failure } = await read([Buffer.from(content)]);
    expect(failure?.code).toBe(code);
    expect(failure?.message).not.toMatch(/undefined|\{[a-z]+\}/);
    expect(failure?.in('vi')).not.toMatch(/undefined|\{[a-z]+\}/);
    expect(grants.length).toBeLessThan(2);
  });

  it('names the place of an error', async () => {
    const content = '\uFEFF{\n "grants": [\n  {"id": "é"},\n  {"id": oops}\n]}';
    const { grants, failure } = await read([Buffer.from(content)]);
    expect(grants).toHaveLength(1);
    expect(failure?.place).toEqual({ byte: Buffer.byteLength(content.slice(0, content.indexOf('oops'))), line: 4 });
    expect(failure?.message).toContain('unexpected "o" at line 4');
    const misplaced = await read([Buffer.from('{"grants":[\n{"id"\n  "a"}]}')]);
    expect(misplaced.failure?.place).toEqual({ byte: 20, line: 3 });
    const latin = await read([Buffer.from('{"grants":[\n{"id":"abc\u00e9"}]}', 'latin1')]);
    expect(latin.failure?.place).toEqual({ byte: 22, line: 2 });
    const joined = Buffer.concat([Buffer.from('{"grants":[{"id":"\uFFFDé"},{"id":"'), Buffer.of(0xe9, 0x22, 0x7d)]);
    const invalid = await read([joined]);
    expect(invalid.failure?.place?.byte).toBe(joined.length - 3);
    expect(invalid.grants).toHaveLength(1);
  });

  it('says nothing of what the file holds', async () => {
    const { failure } = await read([Buffer.from('{"grants":[{"id" "someone@example.org"}]}')]);
    expect(failure?.message).not.toContain('someone');
  });

  it('passes a large grant on with its length, and gives up on one that would fill the memory', async () => {
    const large = `{"id":"big","description":"${'x'.repeat(2_000_000)}"}`;
    const { grants, failure } = await read([Buffer.from(`{"grants":[${large},{"id":"next"}]}`)]);
    expect(failure).toBeNull();
    expect(grants.map(({ bytes }) => bytes)).toEqual([large.length, 13]);
    for (const opening of ['{"grants":[{"title":"', '{"grants":[{"list":[', '{"title":"']) {
      const endless = Readable.from(
        repeat(opening, opening.endsWith('[') ? `"${'x'.repeat(1_000)}",`.repeat(10) : 'x'.repeat(10_000)),
      );
      expect((await read(endless)).failure?.code).toBe('VALUE_TOO_LARGE');
    }
  });

  it('reads the same wherever the source cuts the file', async () => {
    const whole = await read([Buffer.from(SAMPLE)]);
    const contents = fc.oneof(fc.constant(SAMPLE), packages());
    await fc.assert(
      fc.asyncProperty(contents, fc.array(fc.nat(), { maxLength: 40 }), async (content, cuts) => {
        const bytes = Buffer.from(content);
        const uncut = content === SAMPLE ? whole : await read([bytes]);
        expect(await read(cutAt(bytes, cuts))).toEqual(uncut);
      }),
      { numRuns: 300 },
    );
    const bytes = Buffer.from(SAMPLE);
    expect(await read([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(whole);
  });

  it('reads what JSON.parse reads', async () => {
    await fc.assert(
      fc.asyncProperty(packages(), async (content) => {
        const { grants, failure } = await read([Buffer.from(content)]);
        expect(failure).toBeNull();
        const expected = (JSON.parse(content) as { grants: unknown[] }).grants;
        expect(JSON.stringify(grants.map(({ raw }) => raw))).toBe(JSON.stringify(expected.map(withNumbersAsText)));
      }),
      { numRuns: 300 },
    );
  });

  it('says so when the file breaks off, wherever it does, and never hands out a part of a grant', async () => {
    const bytes = Buffer.from(SAMPLE);
    const whole = await read([bytes]);
    for (let length = 0; length < bytes.length; length += 1) {
      const { grants, failure } = await read([bytes.subarray(0, length)]);
      expect([length, failure?.code]).toEqual([length, length === 0 ? 'EMPTY_FILE' : 'TRUNCATED']);
      expect(grants).toEqual(whole.grants.slice(0, grants.length));
    }
  });

  it('lets an error of the source through', async () => {
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('{"grants":[{"id":"a"},');
        throw new Error('connection lost');
      })(),
    );
    await expect(read(broken)).rejects.toThrow('connection lost');
  });
});

async function read(
  chunks: Iterable<Uint8Array> | Readable,
): Promise<{ grants: StreamedGrant[]; failure: UnreadableFile | null }> {
  const grants: StreamedGrant[] = [];
  try {
    const source = (chunks instanceof Readable ? chunks : Readable.from(chunks)) as AsyncIterable<Uint8Array>;
    for await (const grant of streamGrants(source)) grants.push(grant);
    return { grants, failure: null };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { grants, failure: error };
  }
}

function* repeat(opening: string, filling: string): Generator<Uint8Array> {
  yield Buffer.from(opening);
  for (;;) yield Buffer.from(filling);
}

function cutAt(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((left, right) => left - right), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

/** Packages of arbitrary JSON, compact or indented. U+FEFF is left out: inside a file it may be dropped. */
function packages(): fc.Arbitrary<string> {
  const values = fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' });
  return fc
    .record({ version: values, grants: fc.array(values, { maxLength: 6 }), after: values })
    .chain((content) => fc.constantFrom(0, 1).map((indent) => JSON.stringify(content, null, indent)))
    .filter((content) => !content.includes('\uFEFF'));
}

function withNumbersAsText(value: unknown): unknown {
  if (typeof value === 'number') return JSON.stringify(value);
  if (Array.isArray(value)) return value.map(withNumbersAsText);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, withNumbersAsText(inner)] as const);
  return Object.fromEntries(entries);
}
