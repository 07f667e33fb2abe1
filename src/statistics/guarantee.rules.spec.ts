import { expect, it } from '@jest/globals';
import { chanceOfGuessing, guaranteeOfReporting, guaranteeOfSubject, percent } from './guarantee.rules.js';
import { STANDARD } from './views.rules.js';

const said = (guarantee: object): number[] => (Object.values(guarantee) as number[]).map(percent);

it('promises what is printed, from the epsilons of a release', () => {
  expect(said(guaranteeOfReporting(STANDARD.epsilons))).toEqual([59, 72, 88, 98]);
  expect(said(guaranteeOfSubject(STANDARD.epsilons)).slice(0, 3)).toEqual([67, 87, 98]);
});

it('promises more when an operator lowers epsilon, and nothing but a coin at zero', () => {
  const lower = { CATEGORY: 100, KIND_BY_REGION: 50, FUNDER: 50 };
  expect(said(guaranteeOfReporting(lower))).toEqual([52, 55, 62, 73]);
  expect(chanceOfGuessing(0)).toBe(0.5);
});
