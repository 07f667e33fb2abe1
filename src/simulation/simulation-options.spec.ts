import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { readOptions } from './simulation-options.js';

describe('the options of npm run simulate', () => {
  it('have defaults that finish in a few minutes', () => {
    expect(readOptions([])).toEqual({
      grantees: 2000,
      quarters: 8,
      seed: 1,
      home: resolve('.goodfaith-simulation'),
      isToServe: false,
    });
  });

  it('are read', () => {
    const args = ['--grantees', '300', '--quarters=1', '--seed', '0', '--home', '/tmp/x', '--serve'];
    expect(readOptions(args)).toEqual({ grantees: 300, quarters: 1, seed: 0, home: '/tmp/x', isToServe: true });
  });

  it.each([
    [['--grantees', '0'], '--grantees is "0", but must be a whole number from 1 to 20000.'],
    [['--grantees', '1e3'], '--grantees is "1e3"'],
    [['--quarters', '21'], '--quarters is "21"'],
    [['--quarters', '-1'], '--quarters'],
    [['--seed', ''], '--seed is ""'],
    [['--grantee', '5'], '--grantee'],
    [['300'], '300'],
  ])('%j is refused in a line that says why', (args, why) => {
    expect(() => readOptions(args)).toThrow(why);
  });
});
