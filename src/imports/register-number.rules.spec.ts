import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { identifierOf } from '../organizations/identifier.rules.js';
import { doubtfulSpellingsOf, spellingsOf } from './register-number.rules.js';

const own = (id: string): string => {
  const [{ scheme, value }] = spellingsOf(identifierOf(id)!);
  return `${scheme}-${value}`;
};

describe('spellingsOf', () => {
  it.each([
    ['GB-COH-1234567', 'GB-COH-01234567'],
    ['GB-COH-O1234567', 'GB-COH-01234567'],
    ['GB-COH-01234567', 'GB-COH-01234567'],
    ['GB-COH-6', 'GB-COH-00000006'],
    ['GB-COH-0C300001', 'GB-COH-OC300001'],
    ['GB-COH-OC30000I', 'GB-COH-OC30000I'],
    ['GB-COH-OC3OOOO1', 'GB-COH-OC300001'],
    ['GB-COH-S0300001', 'GB-COH-SO300001'],
    ['GB-COH-SCO12345', 'GB-COH-SC012345'],
    ['GB-COH-SC12345', 'GB-COH-SC012345'],
    ['GB-COH-R0000359', 'GB-COH-R0000359'],
    ['GB-COH-IP12345R', 'GB-COH-IP12345R'],
    ['GB-CHC-0299963', 'GB-CHC-299963'],
    ['GB-CHC-11O5580', 'GB-CHC-1105580'],
    ['GB-CHC-200719/1', 'GB-CHC-200719/1'],
    ['GB-CHC-1234567-1', 'GB-CHC-1234567-1'],
    ['GB-SC-SCO 12345', 'GB-SC-SC012345'],
    ['GB-SC-012345', 'GB-SC-SC012345'],
    ['GB-SC-SC12345', 'GB-SC-SC012345'],
    ['GB-NIC-NIC100123', 'GB-NIC-100123'],
    ['GB-NIC-XN12345', 'GB-NIC-XN12345'],
    ['US-EIN-05-0258819', 'US-EIN-050258819'],
    ['US-EIN-50258819', 'US-EIN-050258819'],
    // Of other registers nothing is known.
    ['XX-REG-00123', 'XX-REG-00123'],
    ['360G-example-org:0O1', '360G-example-org:0O1'],
  ])('has for %s first %s', (id, first) => {
    expect(own(id)).toBe(first);
  });

  it('finds a number under each spelling that another file may have brought', () => {
    const company = fc.integer({ min: 1, max: 99_999_999 }).map((n) => String(n).padStart(8, '0'));
    const lettered = fc
      .tuple(fc.constantFrom('SC', 'OC', 'SO', 'NI'), fc.integer({ min: 1, max: 999_999 }))
      .map(([letters, n]) => `${letters}${String(n).padStart(6, '0')}`);
    fc.assert(
      fc.property(fc.oneof(company, lettered), (value) => {
        const all = spellingsOf({ scheme: 'GB-COH', value });
        expect(all[0].value).toBe(value);
        for (const spelling of all) expect(spellingsOf(spelling)[0].value).toBe(value);
      }),
    );
  });
});

describe('doubtfulSpellingsOf', () => {
  const doubtful = (id: string): string[] =>
    doubtfulSpellingsOf(identifierOf(id)!).map(({ scheme, value }) => `${scheme}-${value}`);

  it.each([
    ['XX-REG-00123', 'XX-REG-123'],
    ['XX-REG-123', 'XX-REG-00123'],
    ['XX-REG-1O3', 'XX-REG-103'],
    ['GB-CHC-SC012345', 'GB-SC-SC012345'],
    ['GB-SC-SCO12345', 'GB-CHC-SC012345'],
  ])('takes %s to be perhaps %s', (id, other) => {
    expect(doubtful(id)).toContain(other);
  });

  it.each(['GB-COH-1234567', 'GB-CHC-1153055', '360G-a-1', 'XX-REG-RIVER'])('has none for %s', (id) => {
    expect(doubtful(id)).toEqual([]);
  });
});
