import { expect, it } from '@jest/globals';
import { LockNumbers } from './lock-number.js';

it('is another number for another secret, lineage, operation or key, and the same for the same', () => {
  const numbers = new LockNumbers('a secret');
  const scope = ['lineage', 'logObstacle', 'mine'];
  const others = [
    new LockNumbers('another secret').of(scope),
    numbers.of(['other', 'logObstacle', 'mine']),
    numbers.of(['lineage', 'submitReport', 'mine']),
    numbers.of(['lineage', 'logObstacle', 'other']),
    numbers.of(['lineage', 'logObstacl', 'emine']),
  ];
  expect(numbers.of(scope)).toBe(new LockNumbers('a secret').of([...scope]));
  expect(new Set([...others, numbers.of(scope)]).size).toBe(6);
  // Both integers of a lock have 32 bits and a sign.
  for (const number of others) expect(number).toBe(number | 0);
});
