import { expect } from '@jest/globals';
import pg from 'pg';
import { findBreaches } from '../../src/doctor/doctor.js';
import type { Answer } from '../support/client.js';
import { post } from '../support/client.js';
import type { Network } from '../support/network.js';
import { startNetwork } from '../support/network.js';
import type { ServiceProcess } from '../support/service-process.js';
import { startBeside } from '../support/service-process.js';
import type { OwnServer } from './own-server.js';

/** A write, its own name, and what was answered: an id means that it was acknowledged. */
export interface Write {
  readonly operation: 'registerOrganization' | 'submitReport' | 'logObstacle';
  readonly input: Record<string, unknown>;
  readonly name: string;
  answer?: string;
}

export interface Service {
  readonly url: string;
  readonly keys: Record<'steward' | 'grantee', string>;
}

const SELECTION = { registerOrganization: 'organization', submitReport: 'narrativeReport', logObstacle: 'obstacle' };

/** The service answered, and not with what was asked for. */
export class NotDone extends Error {
  constructor(readonly answer: Answer) {
    super(answer.text);
  }
}

export async function sendWrite({ url, keys }: Service, { operation, input }: Write): Promise<string> {
  const type = `${operation[0].toUpperCase()}${operation.slice(1)}Input!`;
  const answer = await post(
    url,
    operation === 'registerOrganization' ? keys.steward : keys.grantee,
    `mutation ($input: ${type}) { ${operation}(input: $input) { ${SELECTION[operation]} { id } userErrors { code } } }`,
    { input },
  );
  const data = answer.data as Record<string, Record<string, { id: string } | null>> | null | undefined;
  const entity = data?.[operation][SELECTION[operation]];
  if (!entity) throw new NotDone(answer);
  return entity.id;
}

/** The n-th of many writes by turns, each of which may be sent again. */
export function writeOf(n: number): Write {
  const name = `Write ${n}`;
  const safe = [
    { idempotencyKey: name },
    { clientSubmissionId: name },
    { idempotencyKey: name, clientSubmissionId: name },
  ];
  const writes: Write[] = [
    {
      operation: 'registerOrganization',
      input: { name, grantee: { legalForm: 'REGISTERED' }, idempotencyKey: name },
      name,
    },
    {
      operation: 'submitReport',
      input: { sections: [{ prompt: 'FREE_TEXT', text: name }], ...safe[n % 2 ? 1 : 2] },
      name,
    },
    {
      operation: 'logObstacle',
      input: {
        ...{ code: 'PUBLIC_HEALTH_CRISIS', tier: 'AGGREGATE_ONLY', beganMonth: '2026-01-01', text: name },
        ...safe[n % 3],
      },
      name,
    },
  ];
  return writes[n % 3];
}

/** A service of its own, in front of a PostgreSQL that is ill-treated. */
export interface WrittenNetwork {
  readonly network: Network;
  readonly running: ServiceProcess;
  readonly service: Service;
}

export async function startWritten({ database }: OwnServer): Promise<WrittenNetwork> {
  const network = await startNetwork({ database });
  const running = await startBeside(network, { RATE_PER_KEY: '1000000', RATE_PER_ADDRESS: '1000000' });
  return { network, running, service: { url: running.url, keys: network.keys } };
}

/** After a fault: all that was written is there once, and the doctor finds nothing. */
export async function expectWhole({ database }: OwnServer, writes: readonly Write[]): Promise<void> {
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  try {
    await expectAllOnce(owner, writes);
    expect((await findBreaches(owner)).filter(({ breaches }) => breaches.length > 0)).toEqual([]);
  } finally {
    await owner.end();
  }
}

/** Looks for everything that was written at all: each is there once, and is what was answered. */
export async function expectAllOnce(owner: pg.Client, writes: readonly Write[]): Promise<void> {
  const { rows } = await owner.query<{ name: string; id: string }>(
    `SELECT o.name, 'org_' || replace(o.id::text, '-', '') AS id FROM organizations o WHERE o.name LIKE 'Write %'
     UNION ALL SELECT r.sections -> 0 ->> 'text', 'rep_' || replace(r.id::text, '-', '') FROM narrative_reports r
     UNION ALL SELECT e.text, 'obs_' || replace(e.id::text, '-', '') FROM obstacles.entries e`,
  );
  const order = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
  expect(rows.sort(order)).toEqual(writes.map(({ name, answer }) => ({ name, id: answer })).sort(order));
  const events = await owner.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM events WHERE type = 'ORGANIZATION_REGISTERED' GROUP BY subject_id HAVING count(*) <> 1`,
  );
  expect(events.rows).toEqual([]);
}
