import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import fc from 'fast-check';
import { textProblem } from '../src/platform/api/text.rules.js';
import { file, grant, send } from './support/grants.js';
import { identifierScenes } from './support/identifier-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

/** What PostgreSQL's btree takes for one row of an index, and what is in it besides the texts. */
const MOST_INDEXED_BYTES = 2_704;
const OVERHEAD = 64;

/** Every index over texts: its texts, each with the column that a caller fills, or `null` when all of it is ours. */
const INDEXES: Readonly<Record<string, string[] | null>> = {
  agreements_by_amount: null,
  agreements_by_country: null,
  agreements_by_funder_amount: null,
  agreements_by_funder_state: null,
  agreements_by_grantee_amount: null,
  agreements_by_grantee_state: null,
  agreements_by_sponsor_state: null,
  agreements_by_state: null,
  currencies_pkey: null,
  duty_record_years_pkey: null,
  duty_records_pkey: null,
  event_feed_pkey: null,
  event_feed_subject: null,
  funders_by_name: ['funders.name'],
  funders_listed: ['funders.name'],
  grantees_by_name: ['grantees.name'],
  grantees_listed: ['grantees.name'],
  idempotency_outcomes_pkey: ['idempotency_outcomes.idempotency_key'],
  identifier_claims_by_value: ['identifier_claims.value'],
  identifier_claims_once: ['identifier_claims.value'],
  imported_grants_source_id: ['imported_grants.source_id'],
  narrative_reports_submitted_once: ['narrative_reports.client_submission_id'],
  'obstacles.categories_pkey': null,
  'obstacles.codes_pkey': null,
  'obstacles.entries_by_release': null,
  'obstacles.handled_facts_pkey': null,
  'obstacles.idempotency_outcomes_pkey': ['obstacles.idempotency_outcomes.idempotency_key'],
  'obstacles.submissions_pkey': ['obstacles.submissions.client_submission_id'],
  organization_identifiers_pkey: ['organization_identifiers.value'],
  organizations_by_country: ['organizations.name'],
  organizations_by_name: ['organizations.name'],
  organizations_listed: ['organizations.name'],
  reminders_pkey: null,
  report_response_reminders_pkey: null,
  'statistics.cells_pkey': null,
  'statistics.ledger_pkey': null,
  'statistics.region_countries_pkey': null,
  'statistics.regions_pkey': null,
  'statistics.releases_period': null,
  'statistics.releases_period_and_state': null,
};

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());

/** The heaviest characters there are, and never twice the same: PostgreSQL would store what repeats in less. */
const CHARACTERS = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.integer({ min: 0x20000, max: 0x2a6df }),
        fc.array(fc.integer({ min: 0xe0100, max: 0xe01ef }), { minLength: 7, maxLength: 7 }),
      )
      .map((codes) => String.fromCodePoint(...codes.flat())),
  },
  fc.integer({ min: 0x20000, max: 0x2a6df }).map((code) => String.fromCodePoint(code)),
  fc
    .array(fc.integer({ min: 0x1f400, max: 0x1f4fc }), { minLength: 2, maxLength: 5 })
    .map((codes) => codes.map((code) => String.fromCodePoint(code)).join('\u200d')),
  // Three times as many bytes in capitals.
  fc.constant('\u0390'),
);

/** The most bytes that a text of at most `max` characters can have: more, and it is refused. */
const largest = (max: number): fc.Arbitrary<string> =>
  fc.array(CHARACTERS, { minLength: max, maxLength: max, size: 'max' }).map((characters) => {
    let text = '';
    for (const character of characters) {
      const longer = text + character;
      if (textProblem(longer, { min: 1, max }) === null) text = longer;
    }
    // Whatever room is left.
    for (let n = 0; ; n++) {
      const longer = text + String.fromCodePoint(0xe0100 + ((n * 101) % 240));
      if (textProblem(longer, { min: 1, max }) !== null) break;
      text = longer;
    }
    return text;
  });

describe('an index over texts', () => {
  it('is known, and so is who fills it', async () => {
    const rows = await network.sql<{ index: string }>(
      `SELECT i.indexrelid::regclass::text AS index
       FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema', 'graphile_worker')
         AND c.relam = (SELECT oid FROM pg_am WHERE amname = 'btree')
         AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.atttypid IN ('text'::regtype, 'varchar'::regtype, 'jsonb'::regtype, 'text[]'::regtype))`,
    );
    expect(rows.map(({ index }) => index).sort()).toEqual(Object.keys(INDEXES).sort());
  });

  it('takes the largest that callers may write', async () => {
    const scenes = identifierScenes(() => network);
    const seen = new Map<string, number>();
    let turn = 0;
    const asOnce = fc.record({
      name: largest(200),
      second: largest(200),
      key: largest(200),
      submission: largest(200),
      number: largest(100),
      claim: largest(100),
    });
    await fc.assert(
      fc.asyncProperty(asOnce, async ({ name, second, key, submission, number, claim }) => {
        const unique = String(turn++);
        const numbered = { scheme: `XM-${'A'.repeat(36)}`, value: number };
        const registered = { name, funder: {}, idempotencyKey: key, identifiers: [numbered] };
        await scenes.register({ ...registered, grantee: null });
        const claimed = { ...numbered, value: claim };
        const { key: grantee } = await scenes.caller('GRANTEE', { name: second, country: 'VN' });
        const [{ version }] = await network.sql<{ version: number }>(
          'SELECT version FROM organizations ORDER BY created_at DESC LIMIT 1',
        );
        expect((await scenes.claim(grantee, version, claimed)).userErrors).toEqual([]);
        const once = { idempotencyKey: key, clientSubmissionId: submission };
        const report = { sections: [{ prompt: 'FREE_TEXT', text: 'Rain.' }], ...once };
        const submitted = await network.mutate(grantee, 'submitReport', report, 'narrativeReport { id }');
        expect(submitted.userErrors).toEqual([]);
        const obstacle = {
          code: 'PUBLIC_HEALTH_CRISIS',
          tier: 'AGGREGATE_ONLY',
          beganMonth: '2026-01-01',
          text: 'Rain.',
          ...once,
        };
        expect((await network.mutate(grantee, 'logObstacle', obstacle, 'obstacle { id }')).userErrors).toEqual([]);
        const units = Array.from({ length: 500 }, (_, n) =>
          String.fromCodePoint(0x4e00 + ((n * 7919 + turn * 31) % 20_000)),
        );
        const organization = (role: string): object => ({
          id: `GB-CHC-1${units.slice(0, 99).join('')}`,
          name: `${role}${units.slice(10, 209).join('')}`,
        });
        const imported = await send(
          network,
          file({
            ...grant(unique),
            id: submission,
            fundingOrganization: [organization('F')],
            recipientOrganization: [{ ...organization('R'), id: `GB-COH-2${units.slice(100, 199).join('')}` }],
          }),
        );
        expect([imported.status, imported.body.rejected ?? []]).toEqual([200, []]);
      }),
      { numRuns: 6, endOnFailure: true },
    );
    for (const columns of Object.values(INDEXES)) {
      for (const place of columns ?? []) {
        const [table, column] = [place.slice(0, place.lastIndexOf('.')), place.slice(place.lastIndexOf('.') + 1)];
        const [{ bytes }] = await network.sql<{ bytes: number }>(
          `SELECT max(octet_length(${column})) AS bytes FROM ${table}`,
        );
        seen.set(place, bytes);
      }
    }
    // So heavy that without a bound the next character would not have been taken.
    for (const [place, bytes] of seen) {
      const least = /value$/.test(place) ? 1_100 : 2_300;
      expect([place, bytes, bytes >= least]).toEqual([place, bytes, true]);
    }
  }, 120_000);

  it('has room for the longest name of a mutation beside a key', () => {
    const mutations = network.app.get(GraphQLSchemaHost).schema.getMutationType()!.getFields();
    const longest = Math.max(...Object.keys(mutations).map(({ length }) => length));
    expect(200 * 12 + longest + OVERHEAD).toBeLessThan(MOST_INDEXED_BYTES);
  });
});
