import { describe, expect, it } from '@jest/globals';
import { countryOf } from './country-names.js';
import { identifierOf } from '../organizations/identifier.rules.js';
import { identityOf, type ImportedOrganization, readOrganization } from './organization.rules.js';
import { RowReasons } from './rejection.rules.js';
import { wordsFor } from './row-reasons.rules.js';

describe('identifierOf', () => {
  it.each([
    ['GB-CHC-1153055', 'GB-CHC', '1153055'],
    ['gb-chc-1153055', 'GB-CHC', '1153055'],
    [' GB-CHC- 1153 055 ', 'GB-CHC', '1153055'],
    ['GB-CHC-\u00a01153055\u200b', 'GB-CHC', '1153055'],
    ['GB–CHC–1153055', 'GB-CHC', '1153055'],
    ['GB-COH-ip12345r', 'GB-COH', 'IP12345R'],
    ['GB-SC-SCO 12345', 'GB-SC', 'SCO12345'],
    ['GB-CHC-200719/1', 'GB-CHC', '200719/1'],
    ['GB-LAE-BIR', 'GB-LAE', 'BIR'],
    ['US-EIN-05-0258819', 'US-EIN', '05-0258819'],
    ['XI-GRID-grid.1234.c', 'XI-GRID', 'GRID.1234.C'],
    ['CN-46-CR-12345', 'CN-46-CR', '12345'],
    ['CA_ON-ONT-12345', 'CA_ON-ONT', '12345'],
    ['CA_BC-BRC_CBR-12345', 'CA_BC-BRC_CBR', '12345'],
    ['360G-example', '360G', 'example'],
    ['360g-Example-ORG:0061r00001AbCdE', '360G', 'Example-ORG:0061r00001AbCdE'],
    ['360G-example-org:0061r00001aBcDe', '360G', 'example-org:0061r00001aBcDe'],
  ])('finds in %p the scheme %s and the value %s', (id, scheme, value) => {
    expect(identifierOf(id)).toEqual({ scheme, value });
  });

  it.each([
    'GB-COH-n/a',
    'GB-COH-NA',
    'GB-COH-',
    'GB-REV',
    'GB-CHC-Excepted',
    'GB-CHC-not registered',
    'GB-CHC-00000000',
    'GB-COH-the-green-mill',
    'GB-COH---',
    '360G-example-org:n/a',
    '360G-example-',
    '360G-unknown',
    'Overseas',
    'N/A',
    '1153055',
    'ORG-001',
    '#N/A',
    '-',
  ])('finds none in %p', (id) => {
    expect(identifierOf(id)).toBeNull();
  });
});

describe('readOrganization', () => {
  const tried = (value: unknown) => {
    const reasons = new RowReasons();
    const read = readOrganization(value, 'recipientOrganization', countryOf, reasons);
    return { read, said: reasons.list.map((reason) => wordsFor(reason, 'en')) };
  };
  const read = (value: unknown): ImportedOrganization => {
    const { read: organization, said } = tried(value);
    expect(said).toEqual([]);
    return organization!;
  };

  it('keeps the id as it is beside the identifier', () => {
    expect(read([{ id: 'gb-chc-1153055 ', name: ' Green\u00a0 Mill ', addressCountry: 'England ' }])).toEqual({
      identifier: { scheme: 'GB-CHC', value: '1153055' },
      rawId: 'gb-chc-1153055',
      name: 'Green Mill',
      nameKey: 'green mill',
      country: 'GB',
    });
  });

  it('does without id, and takes a single organization for a list of one', () => {
    expect(read({ name: 'Green Mill' })).toMatchObject({ identifier: null, rawId: null, country: null });
    expect(read([{ id: 1153055, name: 'Green Mill' }])).toMatchObject({ identifier: null, rawId: '1153055' });
  });

  it('takes an organization repeated under another name for one', () => {
    const repeated = [
      { id: 'GB-CHC-1153055', name: 'Green Mill' },
      { id: 'GB-CHC-1153055', name: 'The Green Mill Trust' },
    ];
    expect(read(repeated).name).toBe('Green Mill');
  });

  it('keeps strangers with placeholder ids apart', () => {
    const one = read([{ id: 'GB-COH-n/a', name: 'Green Mill' }]);
    const other = read([{ id: 'GB-COH-n/a', name: 'Red Mill' }]);
    const same = read([{ id: 'unknown', name: 'GREEN  MILL' }]);
    expect(identityOf(one)).not.toBe(identityOf(other));
    expect(identityOf(one)).toBe(identityOf(same));
  });

  it('finds the country in the location too', () => {
    expect(read([{ name: 'Green Mill', addressCountry: '??', location: [{ countryCode: 'ke' }] }]).country).toBe('KE');
  });

  it.each<[unknown, RegExp]>([
    [undefined, /^recipientOrganization is missing\.$/],
    [[], /^recipientOrganization is missing\.$/],
    [['Green Mill'], /recipientOrganization\[0\] is not an object/],
    [[{ id: 'GB-CHC-1153055' }], /recipientOrganization\[0\]\.name is missing/],
    [[{ id: 'GB-CHC-1153055', name: '  ' }], /recipientOrganization\[0\]\.name is missing/],
    [[{ id: {}, name: 'Green Mill' }], /recipientOrganization\[0\]\.id is an object/],
    [[{ id: 'x'.repeat(201), name: 'Green Mill' }], /more than 200 characters/],
    [
      [
        { id: 'GB-CHC-1', name: 'Green Mill' },
        { id: 'GB-CHC-2', name: 'Green Mill' },
      ],
      /several organizations/,
    ],
  ])('refuses %j', (value, reason) => {
    expect(tried(value)).toEqual({ read: null, said: [expect.stringMatching(reason)] });
  });

  it('says everything that is wrong', () => {
    const wrong = [{ id: 'x'.repeat(201) }, 'Green Mill', { id: 'GB-CHC-1', name: 'a\u202eb' }];
    expect(tried(wrong)).toEqual({
      read: null,
      said: [
        expect.stringMatching(/^recipientOrganization\[0\]\.id: .*200/),
        'recipientOrganization[0].name is missing.',
        expect.stringMatching(/^recipientOrganization\[1\] is not an object/),
        expect.stringMatching(/^recipientOrganization\[2\]\.name: Character 2 \(U\+202E\)/),
      ],
    });
  });

  it('bounds a number as the API does', () => {
    expect(tried([{ id: `GB-CHC-1${'2'.repeat(100)}`, name: 'Green Mill' }]).said).toEqual([
      expect.stringMatching(/^recipientOrganization\[0\]\.id: .*100 characters/),
    ]);
  });

  it('takes two spellings of one number for one organization', () => {
    const spelled = ['GB-COH-1234567', 'GB-COH-O1234567', 'GB-COH-01234567'].map((id) => ({ id, name: 'Green Mill' }));
    expect(read(spelled).identifier).toEqual({ scheme: 'GB-COH', value: '1234567' });
  });
});

describe('countryOf', () => {
  it.each([
    ['GB', 'GB'],
    ['gb', 'GB'],
    ['UK', 'GB'],
    ['Northern Ireland', 'GB'],
    ['UGANDA', 'UG'],
    [' United  Kingdom ', 'GB'],
    ['Viet Nam', 'VN'],
    ['Vietnam', 'VN'],
    ['Côte d’Ivoire', 'CI'],
    ['United Kingdon', null],
    ['London', null],
    ['ZZ', null],
    ['EU', null],
    ['', null],
  ])('takes %p for %p', (text, code) => {
    expect(countryOf(text)).toBe(code);
  });
});
