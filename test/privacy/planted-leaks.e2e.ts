import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Twins } from '../support/twins.js';
import type { Observer } from './observers.js';
import { readFeeds } from './twin-acts.js';
import type { Difference, WayOutName } from './ways-out.js';
import { WAYS_OUT } from './ways-out.js';

/**
 * A harness that has never found anything proves nothing. Here a leak is planted in every way out of the first twin: in its process
 * (`service/planted-leaks.ts`) or, for what the database lets out, as triggers on the table of obstacles. Each must be
 * found, in its own way out, for each observer of it.
 */
const IN_THE_PROCESS = [
  ...['answers', 'headers', 'lengths', 'log lines', 'fault lines', 'standard error', 'sockets opened', 'ports opened'],
  ...['datagrams', 'name look-ups', 'processes started', 'threads started', 'files written', 'file store'],
  'ledger store',
  'statement texts',
];
/** What is planted in the database, with the rights of its owner: a breach. */
const IN_BOTH = 'CREATE SEQUENCE planted_counter; CREATE TABLE planted_table (n integer)';
const IN_THE_FIRST = `
  CREATE FUNCTION watched.leak() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$ BEGIN
    PERFORM nextval('planted_counter');
    UPDATE organizations SET country = 'AQ' WHERE id = NEW.organization_id;
    INSERT INTO planted_table VALUES (1);
    DELETE FROM planted_table;
    PERFORM graphile_worker.add_job('planted_job', payload := '{}');
    RETURN NULL;
  END $$;
  CREATE TRIGGER leak AFTER INSERT ON obstacles.entries FOR EACH ROW EXECUTE FUNCTION watched.leak()`;

let twins: Twins;
let differences: readonly Difference[];
const asking: Observer[] = [];
beforeAll(async () => {
  twins = await Twins.start(IN_THE_PROCESS);
  const { keys, ids } = twins.first;
  for (const twin of [twins.first, twins.second]) await twin.sql(IN_BOTH);
  await twins.first.sql(IN_THE_FIRST);
  const colleague = await twins.otherKeyOf(ids.organization.grantee);
  twins.introduce(colleague, 'colleague');
  const hidden = { code: 'VIOLENCE', tier: 'AGGREGATE_ONLY', beganMonth: '2026-10-01', text: 'Hidden.' };
  await twins.log(hidden);
  const [, sponsored] = twins.groups;
  const readers = { ...keys, sponsored: sponsored.key, colleague };
  for (const key of [...Object.values(readers), null]) {
    await twins.both(key, { name: 'viewer', query: '{ viewer { role organization { id } } }', variables: {} });
    asking.push(twins.observerOf(key));
  }
  // The pages of events are read last: the planted answers would end the reading.
  await readFeeds(twins, [keys.funder]);
  differences = await twins.end();
}, 120_000);
afterAll(() => twins.stop());

const found = (wayOut: WayOutName): Difference[] => differences.filter((each) => each.wayOut === wayOut);

describe('a planted leak', () => {
  it.each(Object.keys(WAYS_OUT) as WayOutName[])('is found in: %s', (name) => {
    const observers = new Set(found(name).map(({ observer }) => observer));
    const expected = WAYS_OUT[name].observers.filter((each) => each === 'operator' || asking.includes(each));
    expect([...observers].sort()).toEqual(name === 'feeds' ? ['funder'] : [...expected].sort());
  });

  it.each([
    ['headers', 'x-planted'],
    ['answers', 'planted'],
    ['log lines', 'planted log line'],
    ['fault lines', 'planted fault line'],
    ['standard error', 'planted standard error'],
    ['sockets opened', '127.0.0.1:9'],
    ['datagrams', 'planted'],
    ['name look-ups', 'planted.invalid'],
    ['processes started', 'true'],
    ['threads started', 'planted'],
    ['files written', '<temporary>/planted-file'],
    ['file store', 'planted-in-file-store'],
    ['ledger store', 'planted-in-ledger-store'],
    ['statement texts', 'planted in a statement'],
    ['rows', 'AQ'],
    ['job tables', 'planted_job'],
    ['sequences', 'planted_counter 1'],
    ['table statistics', 'public.planted_table inserted 1'],
  ] as [WayOutName, string][])('of %s is shown: %s', (name, planted) => {
    expect(found(name).some(({ first, second }) => first.includes(planted) && first !== second)).toBe(true);
  });
});
