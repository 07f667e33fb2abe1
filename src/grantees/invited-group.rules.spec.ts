import { describe, expect, it } from '@jest/globals';
import { groupKeyOf } from './invited-group.rules.js';

const group = {
  name: 'Tổ cứu trợ',
  place: 'Huế',
  country: 'VN',
  contact: { person: 'Ánh', phone: '+84 9', email: 'a@b.org' },
};
const contact = (changes: object): object => ({ contact: { ...group.contact, ...changes } });

describe('the key of an invited group', () => {
  it.each([
    ['case', { name: 'TỔ CỨU TRỢ', place: 'HUẾ' }],
    ['space', { name: ' Tổ  cứu\u00a0trợ ' }],
    ['another form of Unicode', { name: group.name.normalize('NFD') }],
    ['the case of an address', contact({ email: 'A@B.ORG' })],
    ['how a phone number is written', contact({ phone: '(0084)-9' })],
  ])('is the same whatever %s', (_, changes) => {
    expect(groupKeyOf({ ...group, ...changes })).toBe(groupKeyOf(group));
  });

  it.each([
    ['name', { name: 'Tổ cứu trợ 2' }],
    ['diacritics', { name: 'To cuu tro' }],
    ['place', { place: 'Vinh' }],
    ['country', { country: 'LA' }],
    ['no country', { country: null }],
    ['person', contact({ person: 'Hoa' })],
    ['phone', contact({ phone: '+84 8' })],
    ['phone that is words', contact({ phone: 'ask at the market' })],
    ['no e-mail', contact({ email: null })],
    ['a person for an e-mail', contact({ person: 'a@b.org', email: 'Ánh' })],
  ])('differs by %s', (_, changes) => {
    expect(groupKeyOf({ ...group, ...changes })).not.toBe(groupKeyOf(group));
  });

  it('takes what is left out for what is null', () => {
    const { name, place } = group;
    expect(groupKeyOf({ name, place, contact: {} })).toBe(
      groupKeyOf({ name, place, country: null, contact: { person: null, email: null, phone: null } }),
    );
  });
});
