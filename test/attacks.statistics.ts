import { it } from '@jest/globals';
import { expectAttacksWithinBounds } from './support/attack-expectations.js';

it('a hundred thousand of each attack win no more often than is promised', () => {
  expectAttacksWithinBounds(100_000, 5);
});
