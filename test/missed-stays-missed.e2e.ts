import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { parseId } from '../src/platform/api/ids.js';
import { amendmentScenes } from './support/amendment-scenes.js';
import { moved, missedDutyScenes } from './support/missed-duty-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

/* Past the service and its row security: what the database itself refuses. */
let network: Network;
beforeAll(async () => {
  network = await startNetwork();
  network.clock.set('2026-11-23T05:00:00Z');
});
afterAll(() => network.stop());

const scenes = amendmentScenes(() => network);
const { agreeTo } = missedDutyScenes(() => network);
const TWENTY_DAYS_LATE = '2027-02-20T05:00:00Z';

it('nobody moves or cancels a due day that is over without keeping it, or rewrites one that was kept', async () => {
  const active = await scenes.active();
  network.clock.set(TWENTY_DAYS_LATE);
  const installment = parseId('installment', (active.installments as { id: string }[])[0].id);
  for (const change of ['due_on = due_on + 30', `state = 'RELEASED'`]) {
    const sql = `UPDATE installments SET ${change} WHERE id = $1`;
    await expect(network.sql(sql, [installment])).rejects.toThrow('which is over and must be kept');
  }
  await agreeTo(active, moved('2027-06-30'), '2027-02-20');
  for (const sql of ['UPDATE past_due_days SET until = until + 1', 'DELETE FROM past_due_days']) {
    await expect(network.sql(sql)).rejects.toThrow('insert-only');
  }
});

it('an agreement ends early with what was paid, and with nothing else', async () => {
  network.clock.set('2026-11-23T05:00:00Z');
  const id = parseId('agreement', (await scenes.active()).id as string);
  const sql = `UPDATE agreements SET state = 'RELEASED', ended_at = now() WHERE id = $1`;
  await expect(network.sql(sql, [id])).rejects.toThrow(/ends with 100000 committed, 100000 in installments and 0 paid/);
});
