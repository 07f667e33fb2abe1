import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.js';
import { STANDARD } from './statistics/views.rules.js';

describe('the settings of statistics', () => {
  it('are those of the design when nothing is set', () => {
    expect(readConfig({}).statistics).toEqual(STANDARD);
  });

  it('can be made safer', () => {
    const env = {
      STATISTICS_EPSILON_CATEGORY: '0.1',
      STATISTICS_EPSILON_FUNDER: '0.001',
      STATISTICS_GATE_REGION: '40',
    };
    expect(readConfig(env).statistics).toEqual({
      epsilons: { CATEGORY: 100, KIND_BY_REGION: 200, FUNDER: 1 },
      gates: { network: 200, region: 40, funder: 150 },
    });
  });

  it.each([
    ['STATISTICS_EPSILON_CATEGORY', '0.351'],
    ['STATISTICS_EPSILON_CATEGORY', '0'],
    ['STATISTICS_EPSILON_REGION', '0.2001'],
    ['STATISTICS_EPSILON_FUNDER', '1e-1'],
    ['STATISTICS_GATE_NETWORK', '199'],
    ['STATISTICS_GATE_REGION', '24'],
    ['STATISTICS_GATE_FUNDER', '149.5'],
  ])('and never less safe: %s=%s', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(name);
  });
});
