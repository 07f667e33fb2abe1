import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Imports } from '../src/imports/imports.service.js';
import { PUBLIC_ACTOR } from '../src/platform/access/actor.js';
import { type Grant, file, grant } from './support/grants.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());

const STEWARD = { ...PUBLIC_ACTOR, role: 'STEWARD' as const };
const importGrants = (grants: readonly Grant[], pieceBytes: number) => {
  const bytes = Buffer.from(file(...grants));
  async function* read() {
    for (let at = 0; at < bytes.length; at += pieceBytes)
      yield await Promise.resolve(bytes.subarray(at, at + pieceBytes));
  }
  return network.app.get(Imports).importFile(STEWARD, { read }, { dryRun: false, fileName: null });
};

/** What was recorded, without ids and versions: who is who is told by the first grant each organization is met in. */
const recorded = async () => {
  const agreements = await network.sql(
    `SELECT i.source_id, a.committed_minor, a.currency, a.awarded_on, a.restriction, i.title,
       min(i.source_id) OVER (PARTITION BY a.funder_id) AS funder_group, min(i.source_id) OVER (PARTITION BY a.grantee_id) AS grantee_group,
       f.name AS funder, f.other_names AS funder_names, f.is_listed AS funder_listed, t.name AS grantee, t.other_names AS grantee_names, t.is_listed AS grantee_listed,
       a.funder_id = a.grantee_id AS own, g.legal_form
     FROM imported_grants i JOIN agreements a ON a.id = i.agreement_id JOIN grantees g ON g.organization_id = a.grantee_id
     JOIN organizations f ON f.id = a.funder_id JOIN organizations t ON t.id = a.grantee_id ORDER BY i.source_id`,
  );
  const [sizes] = await network.sql(
    `SELECT (SELECT count(*) FROM organizations) AS organizations, (SELECT count(*) FROM funders) AS funders, (SELECT count(*) FROM grantees) AS grantees,
       (SELECT count(*) FROM acquaintances) AS acquaintances, (SELECT count(*) FROM imported_names) AS names`,
  );
  return { agreements, sizes };
};
const forget = () =>
  network.sql(
    `BEGIN; DELETE FROM imported_grants; DELETE FROM imported_names; DELETE FROM acquaintances; DELETE FROM agreements;
     DELETE FROM organization_identifiers; DELETE FROM api_keys WHERE organization_id IS NOT NULL; DELETE FROM organization_contacts;
     DELETE FROM grantees; DELETE FROM funders; DELETE FROM organizations; COMMIT`,
  );

const names = ['Kite Makers', 'KITE MAKERS', 'The Kite Makers', 'Drachenbau', 'Tổ diều'];
const organization = fc.record(
  {
    id: fc.constantFrom('GB-CHC-1', 'GB-CHC-2', '360G-test-a', '360G-test-A', 'unknown'),
    name: fc.constantFrom(...names),
  },
  { requiredKeys: ['name'] },
);
const rows = fc
  .array(
    fc.record({
      amountAwarded: fc.integer({ min: 0, max: 1_000_000 }),
      currency: fc.constantFrom('GBP', 'VND', 'KWD', 'XYZ'),
      awardDate: fc.constantFrom('2019-04-01', '1/4/2019', '31/02/2019'),
      fundingOrganization: organization.map((one) => [one]),
      recipientOrganization: organization.map((one) => [one]),
    }),
    { maxLength: 30 },
  )
  .map((all) => all.map((fields, i) => grant(String(i).padStart(3, '0'), fields)));

describe('a list of grants', () => {
  it('is recorded alike however it is cut into files, and once', async () => {
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.array(fc.nat(30), { maxLength: 4 }),
        fc.integer({ min: 1, max: 500 }),
        async (grants, cuts, pieceBytes) => {
          await forget();
          const whole = await importGrants(grants, 100_000);
          const expected = await recorded();
          expect(whole.read).toBe(grants.length);
          expect(whole.created).toBe(expected.agreements.length);
          expect(whole.created + whole.rejectedCount).toBe(grants.length);

          await forget();
          const places = [0, ...cuts.map((cut) => Math.min(cut, grants.length)).sort((a, b) => a - b), grants.length];
          for (const [i, start] of places.slice(0, -1).entries())
            await importGrants(grants.slice(start, places[i + 1]), pieceBytes);
          expect(await recorded()).toEqual(expected);

          const again = await importGrants(grants, 100_000);
          expect(again).toMatchObject({
            created: 0,
            updated: 0,
            unchanged: whole.created,
            rejectedCount: whole.rejectedCount,
          });
          expect(await recorded()).toEqual(expected);
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);
});
