import { describe, expect, it } from '@jest/globals';
import { codelists, ROW } from '../../test/support/grant-row.js';
import { readGrant } from './grant-row.rules.js';
import { parseRestrictionRule } from './restriction.rules.js';

describe('restriction', () => {
  const core = [{ title: 'Type of support', Vocabluary: 'Core Funding:Unrestricted' }];

  it.each<[string, object, string]>([
    ['the word as title', { fundingType: [{ title: 'Unrestricted' }] }, 'UNRESTRICTED'],
    ['the word after a heading', { fundingType: core }, 'UNRESTRICTED'],
    ['the contrary', { fundingType: [{ title: 'Core Funding: restricted' }] }, 'RESTRICTED'],
    ['both', { fundingType: [{ title: 'Restricted' }, { title: 'Unrestricted' }] }, 'UNSTATED'],
    ['core costs', { fundingType: [{ title: 'Core' }] }, 'UNSTATED'],
    ['a word within others', { fundingType: [{ title: 'Partly unrestricted' }] }, 'UNSTATED'],
    ['a description', { description: 'Unrestricted', fundingType: [{ description: 'Unrestricted' }] }, 'UNSTATED'],
  ])('from %s', (_what, change, restriction) => {
    expect(readGrant({ ...ROW, ...change }, codelists)).toMatchObject({ grant: { restriction } });
  });

  it('follows a given rule before the file', () => {
    const restrictionRules = [
      { field: 'grantProgramme', value: 'Core Fund', restriction: 'UNRESTRICTED' },
      { field: 'fundingType', value: 'project', restriction: 'PROGRAM' },
    ] as const;
    const read = (change: object) => readGrant({ ...ROW, ...change }, { ...codelists, restrictionRules });
    expect(read({ grantProgramme: [{ title: 'CORE FUND' }] })).toMatchObject({
      grant: { restriction: 'UNRESTRICTED' },
    });
    expect(read({ fundingType: [{ title: 'Project' }] })).toMatchObject({ grant: { restriction: 'PROGRAM' } });
    expect(read({})).toMatchObject({ grant: { restriction: 'UNSTATED', byRule: null } });
    expect(read({ fundingType: [{ title: 'project' }] })).toMatchObject({ grant: { byRule: 1 } });
  });

  it.each<[string, string, boolean]>([
    ['*core costs*', 'Core costs for the year', true],
    ['*core costs*', 'For the score of costs', false],
    ['core*2020', 'Core costs 2020', true],
    ['core*2020', 'Core costs 2020/21', false],
    ['a*a', 'a', false],
    ['*a*b*', 'xbxaxbx', true],
    ['*a*b*', 'b a', false],
    ['Core costs', 'CORE COSTS', true],
    ['Core', 'Core costs', false],
  ])('has for the pattern %p and the title %p: %p', (value, title, isMatch) => {
    const restrictionRules = [{ field: 'title', value, restriction: 'UNRESTRICTED' }] as const;
    const grant = { restriction: isMatch ? 'UNRESTRICTED' : 'UNSTATED' };
    expect(readGrant({ ...ROW, title }, { ...codelists, restrictionRules })).toMatchObject({ grant });
  });

  it.each<[string, object | null]>([
    ['fundingType:Core costs=UNRESTRICTED', { field: 'fundingType', value: 'Core costs', restriction: 'UNRESTRICTED' }],
    ['title:a=b:c*=PROGRAM', { field: 'title', value: 'a=b:c*', restriction: 'PROGRAM' }],
    ['description:Core=UNRESTRICTED', null],
    ['title:Core=SPONSORED_PROJECT', null],
    ['title:Core', null],
    ['title:*=UNRESTRICTED', null],
    ['title:=UNRESTRICTED', null],
    ['', null],
  ])('is given as %p', (text, rule) => {
    expect(parseRestrictionRule(text)).toEqual(rule);
  });
});
