import { expect } from '@jest/globals';
import { attackTable, runAttacks } from './attacks.js';

/** Runs every attack, prints how often each wins, and holds ours against what is promised. */
export function expectAttacksWithinBounds(trials: number, seed: number): void {
  const rows = runAttacks(trials, seed);
  process.stdout.write(`${attackTable(rows)}\n`);
  // What chance adds to a rate once in some two thousand times.
  const chance = (count: number): number => 3.3 * Math.sqrt(0.25 / count);
  for (const { attack, hiding, rounded, sealed } of rows) {
    // The promise is about the attacker at its surest, too.
    const isKept =
      sealed.rate <= attack.bound + chance(trials) && sealed.surest <= attack.bound + chance(sealed.surestTrials);
    expect([attack.name, isKept]).toEqual([attack.name, true]);
    // The attacker is a good one: without help it wins most often against live counts, and with it always.
    const isAlone = attack.name === rows[0].attack.name;
    expect([attack.name, isAlone ? hiding.rate > 0.75 : hiding.rate === 1]).toEqual([attack.name, true]);
    expect([attack.name, isAlone || rounded.rate === 1]).toEqual([attack.name, true]);
  }
  // One view gives all that it may give, so a view that gave more would be seen.
  const [one, , , , , , move] = rows.map(({ sealed }) => sealed);
  expect(one.rate).toBeGreaterThan(rows[0].attack.bound - chance(trials));
  expect(move.surest).toBeGreaterThan(rows[6].attack.bound - chance(move.surestTrials));
}
