import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { findBreaches } from '../src/doctor/doctor.js';
import { agreementTransitions } from '../src/agreements/agreement.lifecycle.js';
import type { StateWord } from '../src/platform/errors/words.rules.js';
import { STATES } from '../src/platform/errors/words.rules.js';
import { agreementScenes } from './support/agreement-scenes.js';
import { money } from './support/money-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

const WRITERS = 20;
let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());
beforeEach(() => network.clock.set('2027-02-05T03:00:00Z'));

const scenes = agreementScenes(() => network);

interface Refused {
  readonly code: string;
  readonly message: string;
}
type Attempt = [by: 'funder' | 'grantee', name: string, input: object];

/** All at once; answers what was refused, null for what was done. */
function race(attempts: readonly Attempt[]): Promise<(Refused | null)[]> {
  return Promise.all(
    attempts.map(async ([by, name, input]) => {
      const { userErrors } = (await network.mutate(network.keys[by], name, input, '__typename')) as {
        userErrors: Refused[];
      };
      return userErrors[0] ?? null;
    }),
  );
}

async function statesOf(id: string): Promise<string[]> {
  const types = await network.sql<{ type: string }>(
    `SELECT type FROM events WHERE subject_id = $1 AND type ~ 'OFFERED|ACCEPTED|DECLINED|WITHDRAWN|REQUESTED' ORDER BY id`,
    [scenes.uuid(id)],
  );
  const states: Record<string, string> = { AGREEMENT_ACCEPTED: 'ACTIVE' };
  return types.map(({ type }) => states[type] ?? type.replace('AGREEMENT_', ''));
}

describe('twenty writers on one agreement', () => {
  it('answer an offer in four ways: one answer counts, and the others are told why not', async () => {
    for (let round = 0; round < 5; round++) {
      const offer = await scenes.offered();
      const { id } = offer;
      const read = { id, expectedVersion: offer.version };
      const ways: Attempt[] = [
        ['grantee', 'acceptAgreement', scenes.acceptance(offer)],
        ['funder', 'withdrawAgreement', read],
        ['grantee', 'declineAgreement', read],
        ['grantee', 'requestAgreementChanges', { ...read, message: 'Sooner, please.' }],
      ];
      const answers = await race(Array.from({ length: WRITERS }, (_, i) => ways[(i + round) % ways.length]));
      const { state } = await scenes.read(network.keys.funder, id);
      expect(answers.filter((refused) => refused === null)).toHaveLength(1);
      for (const refused of answers.filter((one) => one !== null)) {
        expect(['STALE_VERSION', 'ACTION_NOT_ALLOWED']).toContain(refused.code);
        if (refused.code === 'ACTION_NOT_ALLOWED') expect(refused.message).toContain(STATES[state as StateWord].en);
      }
      expect(await statesOf(id)).toEqual(['OFFERED', state]);
    }
  });

  it('send, confirm, miss and void payments: each payment has one course, and sums are true', async () => {
    const { id, installments } = await scenes.active();
    const [{ id: installmentId }] = installments;
    const send: Attempt = [
      'funder',
      'recordDisbursement',
      { installmentId, amount: money('10.00'), sentOn: '2027-02-05' },
    ];
    const sent = await race(Array.from({ length: WRITERS }, () => send));
    expect(sent).toEqual(Array.from({ length: WRITERS }, () => null));
    const paid = await scenes.read(network.keys.funder, id);
    const payments = (paid.installments as { disbursements: { id: string }[] }[])[0].disbursements;
    const attempts = payments.slice(0, 5).flatMap((payment): Attempt[] => {
      const read = { id: payment.id, expectedVersion: 1 };
      const receipt = { ...read, receivedOn: '2027-02-05', received: money('10.00') };
      return [
        ['grantee', 'confirmDisbursement', receipt],
        ['grantee', 'reportDisbursementMissing', read],
        ['funder', 'voidDisbursement', read],
        ['grantee', 'confirmDisbursement', receipt],
      ];
    });
    const answers = await race(attempts);
    for (let payment = 0; payment < 5; payment++) {
      const ofOne = answers.slice(4 * payment, 4 * payment + 4);
      expect(ofOne.filter((refused) => refused === null)).toHaveLength(1);
      const codes = ofOne.flatMap((refused) => (refused === null ? [] : [refused.code]));
      expect(codes.filter((code) => code !== 'STALE_VERSION')).toEqual([]);
    }
    const { sentTotal, version } = await scenes.read(network.keys.grantee, id);
    const [{ counted }] = await network.sql<{ counted: string }>(
      `SELECT (sum(amount_minor) / 100.0)::numeric(12, 2)::text AS counted FROM disbursements
       WHERE agreement_id = $1 AND state IN ('SENT', 'RECEIVED')`,
      [scenes.uuid(id)],
    );
    expect(sentTotal.amount).toBe(counted);
    expect(version).toBe(paid.version + 5);
  });

  it('leave a legal path behind, and nothing that the doctor finds', async () => {
    const moves = await network.sql<{ move: string }>(
      `SELECT DISTINCT 'OFFERED>' || state AS move FROM agreements WHERE state NOT IN ('OFFERED', 'DRAFT')`,
    );
    expect(agreementTransitions()).toEqual(expect.arrayContaining(moves.map(({ move }) => move)));
    const owner = new pg.Client({ connectionString: network.databaseUrls.owner });
    await owner.connect();
    try {
      const findings = await findBreaches(owner);
      expect(findings.filter(({ breaches }) => breaches.length > 0)).toEqual([]);
    } finally {
      await owner.end();
    }
  });
});
