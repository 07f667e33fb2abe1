import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { agreementScenes } from '../support/agreement-scenes.js';
import type { Network } from '../support/network.js';
import { startNetwork } from '../support/network.js';
import { addSponsorship, sponsorScenes } from '../support/sponsor-scenes.js';

/**
 * A grantee shares a report, finds a mistake in it, and shares the corrected text. The funder's grants system has kept the
 * id of the first copy: it leads to the copy that counts.
 */
let network: Network;
beforeAll(async () => (network = await startNetwork()));
afterAll(() => network.stop());
beforeEach(() => network.clock.set('2027-02-01T05:00:00Z'));
const agreements = agreementScenes(() => network);
const sponsored = sponsorScenes(() => network, agreements);

const SHARE =
  'id state sharedAt respondBy sections { text } response { text } replacedBy { id state sections { text } }';
interface Share {
  readonly id: string;
  readonly state: string;
  readonly sections: { text: string }[];
  readonly replacedBy: Share | null;
}
interface Report {
  readonly id: string;
  readonly version: number;
}

const sections = (text: string): object[] => [{ prompt: 'WHAT_HAPPENED', text }];
async function done(key: string, name: string, input: object): Promise<Report> {
  const answer = await network.mutate(key, name, input, 'narrativeReport { id version }');
  expect(answer.userErrors).toEqual([]);
  return answer.narrativeReport as Report;
}
async function shareSeen(key: string | null, id: string): Promise<Share | null> {
  const { data } = await network.call(key, `query ($id: ID!) { node(id: $id) { ... on ReportShare { ${SHARE} } } }`, {
    id,
  });
  return data.node as Share | null;
}
async function sharesOf(agreementId: string): Promise<Share[]> {
  const query = `query ($id: ID!) { agreement(id: $id) { reports { nodes { ${SHARE} } } } }`;
  const { data } = await network.call(network.keys.funder, query, { id: agreementId });
  return data.agreement.reports.nodes as Share[];
}

/** A report whose first text said 40 families, shared; and then corrected to 14 families, and shared again. */
async function correctedOnce(): Promise<{ agreementId: string; report: Report; first: Share }> {
  const { id: agreementId } = (await agreements.active()) as { id: string };
  const report = await done(network.keys.grantee, 'submitReport', {
    sections: sections('We reached 40 families.'),
    shareWith: [agreementId],
  });
  const [first] = await sharesOf(agreementId);
  return { agreementId, report: await correct(report, agreementId, 'We reached 14 families.'), first };
}
async function correct({ id, version }: Report, agreementId: string, text: string): Promise<Report> {
  await done(network.keys.grantee, 'correctReport', { id, expectedVersion: version, sections: sections(text) });
  return done(network.keys.grantee, 'shareReport', { id, shareWith: [agreementId] });
}

describe('the copy of a report that the grantee corrected', () => {
  it('is the only one that is listed, and the old id leads to it', async () => {
    const { agreementId, first } = await correctedOnce();
    const [second, ...others] = await sharesOf(agreementId);
    expect(others).toEqual([]);
    expect(second).toMatchObject({ sections: [{ text: 'We reached 14 families.' }], replacedBy: null });
    const old = await shareSeen(network.keys.funder, first.id);
    expect(old).toMatchObject({
      id: first.id,
      replacedBy: { id: second.id, sections: [{ text: 'We reached 14 families.' }] },
    });
    // What the grantee corrected is nobody's to read any more.
    expect(JSON.stringify(old)).not.toContain('40 families');
  });

  it('leads on from each older one, however often it was corrected', async () => {
    const { agreementId, report, first } = await correctedOnce();
    const [second] = await sharesOf(agreementId);
    await correct(report, agreementId, 'We reached 15 families.');
    const [third] = await sharesOf(agreementId);
    for (const { id } of [first, second])
      expect(await shareSeen(network.keys.funder, id)).toMatchObject({ id, replacedBy: { id: third.id } });
  });

  it('leads nowhere for others, and nowhere once the grantee shares it no more', async () => {
    const { agreementId, first } = await correctedOnce();
    const [second] = await sharesOf(agreementId);
    const { secondFunder, secondGrantee, analyst } = network.keys;
    for (const key of [secondFunder, secondGrantee, analyst, null]) expect(await shareSeen(key, first.id)).toBeNull();
    const input = { shareId: second.id };
    const stopped = await network.mutate(network.keys.grantee, 'unshareReport', input, 'reportShare { state }');
    expect(stopped.userErrors).toEqual([]);
    expect(await shareSeen(network.keys.funder, second.id)).toBeNull();
    expect(await shareSeen(network.keys.funder, first.id)).toBeNull();
  });

  it('leads to one copy when the grantee shares its correction twice at once', async () => {
    const { agreementId, report, first } = await correctedOnce();
    const { id, version } = report;
    await done(network.keys.grantee, 'correctReport', { id, expectedVersion: version, sections: sections('Fifteen.') });
    const share = () =>
      network.mutate(network.keys.grantee, 'shareReport', { id, shareWith: [agreementId] }, 'narrativeReport { id }');
    const codes = (await Promise.all([share(), share()])).map(({ userErrors }) =>
      (userErrors as { code: string }[]).map(({ code }) => code),
    );
    expect(codes.sort()).toEqual([[], ['ALREADY_SHARED']]);
    const [newest, ...others] = await sharesOf(agreementId);
    expect(others).toEqual([]);
    expect(await shareSeen(network.keys.funder, first.id)).toMatchObject({ replacedBy: { id: newest.id } });
  });

  it('or the answer was first: then the funder keeps what it answered, and the correction stands beside it', async () => {
    const { agreementId, report, first } = await correctedOnce();
    const [second] = await sharesOf(agreementId);
    const answer = { kind: 'LEARNED', text: 'Thank you for the right number.' };
    const late = await network.mutate(
      network.keys.funder,
      'respondToReport',
      { shareId: first.id, ...answer },
      'reportShare { id }',
    );
    expect(late.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['shareId'] }]);
    const told = await network.mutate(
      network.keys.funder,
      'respondToReport',
      { shareId: second.id, ...answer },
      'reportShare { state }',
    );
    expect(told).toMatchObject({ reportShare: { state: 'ANSWERED' }, userErrors: [] });
    await correct(report, agreementId, 'We reached 15 families.');
    expect(await shareSeen(network.keys.funder, second.id)).toMatchObject({
      state: 'ANSWERED',
      sections: [{ text: 'We reached 14 families.' }],
      replacedBy: null,
    });
    // The first id still leads to the copy that was answered.
    expect(await shareSeen(network.keys.funder, first.id)).toMatchObject({ replacedBy: { id: second.id } });
  });

  it('shows the fiscal sponsor of a sponsored project the same course', async () => {
    const project = await addSponsorship(network, { name: 'Nhóm Bến Đò' });
    const { id: agreementId } = (await sponsored.active(project)) as { id: string };
    const input = { sections: sections('We reached 40 families.'), shareWith: [agreementId] };
    const report = await done(project.group.key, 'submitReport', input);
    const [first] = await sharesOf(agreementId);
    await done(project.group.key, 'correctReport', {
      ...{ id: report.id, expectedVersion: report.version, sections: sections('We reached 14 families.') },
    });
    await done(project.group.key, 'shareReport', { id: report.id, shareWith: [agreementId] });
    const [second] = await sharesOf(agreementId);
    const seen = await shareSeen(project.sponsor.key, first.id);
    expect(seen).toMatchObject({ id: first.id, state: 'REPLACED', sections: [], replacedBy: { id: second.id } });
    expect(await shareSeen(project.other.key, first.id)).toBeNull();
  });
});
