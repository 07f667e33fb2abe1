import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import type { SampleCall } from './support/sample-input.js';
import { sampleCalls } from './support/sample-input.js';
import { digestOfEverything } from './support/whole-database.js';

type Caller = 'funder' | 'grantee' | 'analyst' | 'steward' | 'public';
const CALLERS: readonly Caller[] = ['funder', 'grantee', 'analyst', 'steward', 'public'];

/** Who may call what: f(under), g(rantee), a(nalyst), s(teward), p(ublic). Written by hand, from the contract. */
const MAY_CALL: Readonly<Record<string, string>> = {
  viewer: 'fgas',
  network: 'fgasp',
  node: 'fgasp',
  nodes: 'fgasp',
  funder: 'fgasp',
  funders: 'fgasp',
  grantee: 'fgasp',
  grantees: 'fgasp',
  agreement: 'fgs',
  agreements: 'fgs',
  agreementRevision: 'fgs',
  installments: 'fgs',
  narrativeReport: 'g',
  narrativeReports: 'g',
  reportShare: 'fg',
  reportShares: 'fg',
  reportPrompts: 'fgasp',
  conversationNotes: 'fg',
  obstacle: 'fgs',
  obstacles: 'fgs',
  obstacleCodes: 'fgasp',
  obstacleEvents: 'g',
  obstacleSuggestions: 'g',
  obstacleReleases: 'fgasp',
  obstacleStatistics: 'fgasp',
  obstacleGuarantee: 'fgasp',
  practiceChanges: 'fgasp',
  events: 'fgs',
  historyHeads: 'fgasp',
  apiKeys: 'fgs',
  organizations: 's',
  identifierClaims: 's',
  registerOrganization: 's',
  confirmIdentifier: 's',
  removeIdentifier: 's',
  mergeOrganizations: 's',
  nameStewardOrganization: 's',
  declareNoStewardOrganization: 's',
  announceDissolution: 's',
  recordDissolution: 's',
  withdrawDissolution: 's',
  createApiKey: 's',
  revokeApiKey: 'fgs',
  rotateApiKey: 'fgas',
  updateOrganization: 'fg',
  updateFunderProfile: 'f',
  setReportPrompts: 'f',
  inviteGrantee: 'f',
  claimInvitation: 'fgasp',
  draftAgreement: 'f',
  reviseAgreement: 'f',
  discardAgreement: 'f',
  offerAgreement: 'f',
  withdrawAgreement: 'f',
  renewAgreement: 'f',
  acceptAgreement: 'g',
  declineAgreement: 'g',
  requestAgreementChanges: 'g',
  proposeAmendment: 'fg',
  acceptAmendment: 'fg',
  declineAmendment: 'fg',
  withdrawAmendment: 'fg',
  recordDisbursement: 'f',
  returnDisbursement: 'f',
  voidDisbursement: 'f',
  confirmDisbursement: 'g',
  reportDisbursementMissing: 'g',
  placeLegalHold: 'f',
  liftLegalHold: 'f',
  correctReceipt: 'g',
  recordRepayment: 'g',
  moveExpectation: 'g',
  waiveExpectation: 'f',
  draftReport: 'g',
  saveReportSection: 'g',
  saveReportDetails: 'g',
  deleteDraftReport: 'g',
  submitReport: 'g',
  correctReport: 'g',
  shareReport: 'g',
  unshareReport: 'g',
  removeAttachment: 'g',
  setAttachmentVisibility: 'g',
  respondToReport: 'f',
  draftConversationNotes: 'fg',
  reviseConversationNotes: 'fg',
  confirmConversationNotes: 'g',
  replyToReportResponse: 'fg',
  rateReportResponse: 'g',
  logObstacle: 'g',
  openObstacleTier: 'g',
  resolveObstacle: 'g',
  reopenObstacle: 'g',
  withdrawObstacle: 'g',
  logSuggestedObstacle: 'g',
  dismissSuggestion: 'g',
  acknowledgeObstacle: 'f',
  respondToObstacle: 'f',
  sealObstacleRelease: 's',
  publishPracticeChange: 'f',
  retractPracticeChange: 'f',
};

let network: Network;
let calls: SampleCall[];
beforeAll(async () => {
  network = await startNetwork();
  calls = sampleCalls(network.app.get(GraphQLSchemaHost).schema);
  // What follows compares the whole database: the first use of a key today is noted, and events get their positions.
  for (const key of Object.values(network.keys)) await network.call(key, '{ viewer { role } }');
  await network.call(network.keys.steward, '{ events { nodes { id } } }');
});
afterAll(() => network.stop());

const mayCall = (name: string, caller: Caller): boolean => MAY_CALL[name]?.includes(caller[0]) ?? false;
const keyOf = (caller: Caller): string | null => (caller === 'public' ? null : network.keys[caller]);

const everything = (): Promise<string> => digestOfEverything(network);

describe('access', () => {
  it('is declared for every operation, and for nothing that does not exist', () => {
    expect(calls.map((call) => call.name).sort()).toEqual(Object.keys(MAY_CALL).sort());
  });

  it.each(CALLERS)('closes to the %s what is not theirs, and changes nothing', async (caller) => {
    const before = await everything();
    const denied = calls.filter((call) => !mayCall(call.name, caller));
    for (const { query, variables, name } of denied) {
      const { status, errors, data } = await network.call(keyOf(caller), query, variables);
      const code = caller === 'public' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
      expect([name, status, errors?.map((error) => error.extensions.code)]).toEqual([
        name,
        caller === 'public' ? 401 : 403,
        [code],
      ]);
      expect((data as Record<string, unknown> | null)?.[name] ?? null).toBeNull();
    }
    expect(denied.length).toBeGreaterThan(0);
    expect(await everything()).toBe(before);
  });

  it.each(CALLERS)('opens to the %s what is theirs', async (caller) => {
    for (const { query, variables, name } of calls.filter(
      (call) => mayCall(call.name, caller) && call.name !== 'rotateApiKey',
    )) {
      const { errors } = await network.call(keyOf(caller), query, variables);
      const codes = (errors ?? []).map((error) => error.extensions.code);
      expect([name, codes.filter((code) => ['FORBIDDEN', 'UNAUTHENTICATED', 'INTERNAL_ERROR'].includes(code))]).toEqual(
        [name, []],
      );
    }
  });

  it.each([
    'gf_0000',
    'gf_00000000000070008000000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'something else',
    '\u00ff',
  ])('refuses the unknown key %j', async (key) => {
    const { status, errors, data } = await network.call(key, '{ funders { nodes { id } } }');
    expect([status, errors?.[0]?.extensions.code, data]).toEqual([401, 'UNAUTHENTICATED', undefined]);
  });

  it('refuses a key from the moment it is revoked, expired or rotated with now', async () => {
    const { steward } = network.keys;
    const issue = async (expiresAt?: string): Promise<{ secret: string; apiKey: { id: string } }> =>
      network.mutate(steward, 'createApiKey', { role: 'ANALYST', label: 'x', expiresAt }, 'secret apiKey { id }');
    const status = async (key: string): Promise<number> => (await network.call(key, '{ viewer { role } }')).status;

    const revoked = await issue();
    expect(await status(revoked.secret)).toBe(200);
    await network.mutate(steward, 'revokeApiKey', { id: revoked.apiKey.id }, 'apiKey { revokedAt }');
    expect(await status(revoked.secret)).toBe(401);

    const expiring = await issue(new Date(network.clock.now().getTime() + 60_000).toISOString());
    expect(await status(expiring.secret)).toBe(200);
    network.clock.set(new Date(network.clock.now().getTime() + 61_000).toISOString());
    expect(await status(expiring.secret)).toBe(401);

    const old = await issue();
    const { secret } = await network.mutate(old.secret, 'rotateApiKey', { now: true }, 'secret');
    expect([await status(old.secret), await status(secret)]).toEqual([401, 200]);
  });

  it('keeps digests only, and the day of the last use', async () => {
    const [row] = await network.sql<{ rows: string }>('SELECT string_agg(k::text, $1) AS rows FROM api_keys k', ['\n']);
    const secrets = Object.values(network.keys).map((key) => key.split('_').slice(2).join('_'));
    for (const secret of secrets) expect(row.rows).not.toContain(secret);
    const { data } = await network.call(network.keys.steward, '{ apiKeys(last: 1) { nodes { lastUsedOn } } }');
    expect(data.apiKeys.nodes[0].lastUsedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
});
