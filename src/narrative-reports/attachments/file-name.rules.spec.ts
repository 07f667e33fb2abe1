import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { safeFileName } from './file-name.rules.js';

const PDF = ['pdf'];

describe('the name of an attachment', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['Báo cáo quý 3.PDF', 'Báo cáo quý 3.pdf'],
    ['Ba\u0301o ca\u0301o.pdf', 'Báo cáo.pdf'],
    ['C:\\Users\\hoa\\report.pdf', 'report.pdf'],
    ['../../etc/passwd', 'passwd.pdf'],
    ['/etc/passwd.pdf', 'passwd.pdf'],
    ['photo.jpg', 'photo.jpg.pdf'],
    ['evil.exe', 'evil.exe.pdf'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe.pdf'],
    ['a\u0000b\r\nc.pdf', 'abc.pdf'],
    ['zero\u200bwidth\ufeff.pdf', 'zerowidth.pdf'],
    ['a"b;c.pdf', 'a_b;c.pdf'],
    ['<script>.pdf', '_script_.pdf'],
    ['12:30.pdf', '12_30.pdf'],
    ['con.pdf', '_con.pdf'],
    ['NUL', '_NUL.pdf'],
    ['console.pdf', 'console.pdf'],
    ['.htaccess', 'htaccess.pdf'],
    ['report. . .pdf', 'report.pdf'],
    ['.pdf', 'attachment.pdf'],
    ['', 'attachment.pdf'],
    ['..', 'attachment.pdf'],
    ['\ud800.pdf', '\ufffd.pdf'],
    [`${'ế'.repeat(80)}.pdf`, `${'ế'.repeat(60)}.pdf`],
  ])('%j becomes %j', (given, expected) => {
    expect(safeFileName(given, PDF)).toBe(expected);
  });

  it('does not cut a character in two', () => {
    const family = '👩‍👩‍👧';
    const [name] = safeFileName(family.repeat(30), PDF).split('.');
    expect(name.length).toBeLessThanOrEqual(60);
    expect(name.isWellFormed()).toBe(true);
  });

  it('is harmless and stays as it is, whatever was given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (given) => {
        const name = safeFileName(given, PDF);
        expect(name).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\\/:*?"<>|]|^[.\s]|[.\s]$/u);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
        expect(name.endsWith('.pdf')).toBe(true);
        expect(name.normalize('NFC')).toBe(name);
        expect(safeFileName(name, PDF)).toBe(name);
      }),
      { numRuns: 2000 },
    );
  });
});
