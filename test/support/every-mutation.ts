import type { Thing } from './money-scenes.js';
import { money } from './money-scenes.js';
import { amendmentScenes, answer } from './amendment-scenes.js';
import { upload } from './attachment-scenes.js';
import { KeyCalls, ownSecret } from './key-scenes.js';
import type { Network } from './network.js';
import { ABOUT_FUNDER } from './obstacle-scenes.js';
import { nameSteward } from './steward-scenes.js';

type Doing = (key: string | null, name: string, input: object, selection: string) => Promise<Thing>;

/** What the whole story leaves out, so that together they call every mutation there is, each with success. */
export async function doTheRest(network: Network): Promise<void> {
  const done: Doing = async (key, name, input, selection) => {
    const { userErrors, ...payload } = (await network.mutate(key, name, input, selection)) as Record<string, Thing> & {
      userErrors: { code: string }[];
    };
    if (userErrors.length > 0) throw new Error(`${name}: ${JSON.stringify(userErrors)}`);
    return Object.values(payload)[0];
  };
  await changeAgreements(network, done);
  await movePayments(network, done);
  await editReports(network, done);
  await answerObstacles(network, done);
  await runTheNetwork(network, done);
  await endAnAgreement(network, done);
}

const AGREEMENT = 'agreement { id version revision }';
const REPORT = 'narrativeReport { id version shares { nodes { id } } }';
const DISBURSEMENT = 'disbursement { id version }';
const at = ({ id, version }: Thing, more: object = {}): object => ({ id, expectedVersion: version, ...more });

async function changeAgreements(network: Network, done: Doing): Promise<void> {
  const { funder, grantee } = network.keys;
  const scenes = amendmentScenes(() => network);
  const draft = (await scenes.draft()) as Thing;
  const revised = await done(funder, 'reviseAgreement', at(draft, { terms: scenes.terms() }), AGREEMENT);
  await done(funder, 'discardAgreement', at(revised), 'discardedAgreementId');
  await done(funder, 'withdrawAgreement', at((await scenes.offered()) as Thing), AGREEMENT);
  await done(grantee, 'declineAgreement', at((await scenes.offered()) as Thing), AGREEMENT);
  const asked = at((await scenes.offered()) as Thing, { message: 'Sáu tháng nữa.' });
  await done(grantee, 'requestAgreementChanges', asked, AGREEMENT);
  const active = (await scenes.active()) as Thing & { expectations: Thing[] };
  await done(funder, 'renewAgreement', { id: active.id }, AGREEMENT);
  const [expectation] = active.expectations;
  const EXPECTATION = 'expectation { id version }';
  const moved = await done(grantee, 'moveExpectation', at(expectation, { movedTo: '2028-01-31' }), EXPECTATION);
  await done(funder, 'waiveExpectation', at(moved), EXPECTATION);
  const propose = async (): Promise<Thing> =>
    (await scenes.done(funder, 'proposeAmendment', scenes.reduceSecond(active, '100.00'))) as Thing;
  await scenes.done(grantee, 'declineAmendment', answer(await propose()));
  await scenes.done(funder, 'withdrawAmendment', answer(await propose()));
}

async function movePayments(network: Network, done: Doing): Promise<void> {
  const { funder, grantee } = network.keys;
  const scenes = amendmentScenes(() => network);
  const { installments } = (await scenes.active()) as { installments: Thing[] };
  const pay = async (): Promise<Thing> => (await scenes.pay(installments[0].id, '400.00')) as Thing;
  const missing = await done(grantee, 'reportDisbursementMissing', at(await pay()), DISBURSEMENT);
  await done(funder, 'returnDisbursement', at(missing), DISBURSEMENT);
  await done(funder, 'voidDisbursement', at(await pay()), DISBURSEMENT);
  const came = { receivedOn: '2026-11-21', received: money('390.00') };
  const confirmed = await done(grantee, 'confirmDisbursement', at(await pay(), came), DISBURSEMENT);
  const corrected = at(confirmed, { ...came, received: money('395.00'), reason: 'Misread.' });
  await done(grantee, 'correctReceipt', corrected, DISBURSEMENT);
  const ground = { ground: 'COURT_ORDER', legalBasis: 'An order of the court of Cần Thơ.' };
  const HOLD = 'legalHold { id version }';
  const hold = await done(funder, 'placeLegalHold', { installmentId: installments[1].id, ...ground }, HOLD);
  await done(funder, 'liftLegalHold', at(hold), HOLD);
}

async function editReports(network: Network, done: Doing): Promise<void> {
  const { funder, grantee } = network.keys;
  const { id: agreementId } = (await amendmentScenes(() => network).active()) as Thing;
  const section = { prompt: 'LEARNED', text: 'Boats need nets.' };
  const draft = await done(grantee, 'draftReport', {}, REPORT);
  const saved = await done(grantee, 'saveReportSection', at(draft, { section }), REPORT);
  await done(grantee, 'saveReportDetails', at(saved, { minutesSpent: 20 }), REPORT);
  const { status, body } = await upload(network, grantee, draft.id, {});
  if (status !== 201) throw new Error(JSON.stringify(body));
  const { id } = body as Thing;
  const ATTACHED = 'narrativeReport { id version }';
  await done(grantee, 'setAttachmentVisibility', { id, isVisible: false }, ATTACHED);
  const removed = await done(grantee, 'removeAttachment', { id }, ATTACHED);
  await done(grantee, 'deleteDraftReport', at(removed), 'deletedReportId');
  const report = await done(grantee, 'submitReport', { sections: [section] }, REPORT);
  await done(grantee, 'correctReport', at(report, { sections: [{ ...section, text: 'Boats need crews.' }] }), REPORT);
  const shared = await done(grantee, 'shareReport', { id: report.id, shareWith: [agreementId] }, REPORT);
  const [share] = (shared.shares as { nodes: Thing[] }).nodes;
  await done(grantee, 'unshareReport', { shareId: share.id }, 'reportShare { id state }');
  const conversation = { heldOn: '2026-11-02', minutes: 30, granteePeople: 2, funderPeople: 1, notes: 'Về lũ.' };
  const NOTES = 'conversationNotes { id version }';
  const notes = await done(funder, 'draftConversationNotes', { agreementId, conversation }, NOTES);
  const longer = at(notes, { conversation: { ...conversation, minutes: 45 } });
  await done(
    grantee,
    'confirmConversationNotes',
    at(await done(grantee, 'reviseConversationNotes', longer, NOTES)),
    REPORT,
  );
}

async function answerObstacles(network: Network, done: Doing): Promise<void> {
  const { funder, grantee } = network.keys;
  const OBSTACLE = 'obstacle { id version }';
  const about = { ...ABOUT_FUNDER, funderId: network.ids.funder };
  const logged = await done(grantee, 'logObstacle', { ...about, tier: 'SHARED' }, OBSTACLE);
  const acknowledged = await done(funder, 'acknowledgeObstacle', { id: logged.id, expectedVersion: 1 }, OBSTACLE);
  await done(funder, 'respondToObstacle', at(acknowledged, { text: 'We pay within ten days.' }), OBSTACLE);
  const read = await network.call(grantee, 'query ($id: ID!) { obstacle(id: $id) { id version } }', { id: logged.id });
  const resolved = await done(grantee, 'resolveObstacle', at((read.data as { obstacle: Thing }).obstacle), OBSTACLE);
  await done(grantee, 'withdrawObstacle', at(await done(grantee, 'reopenObstacle', at(resolved), OBSTACLE)), OBSTACLE);
  const hidden = await done(grantee, 'logObstacle', { ...about, tier: 'AGGREGATE_ONLY' }, OBSTACLE);
  await done(grantee, 'openObstacleTier', at(hidden, { tier: 'SHARED' }), OBSTACLE);
}

async function runTheNetwork(network: Network, done: Doing): Promise<void> {
  const { steward, funder } = network.keys;
  const ORGANIZATION = 'organization { id version }';
  const register = (input: object): Promise<Thing> =>
    done(
      steward,
      'registerOrganization',
      { name: 'Tổ Dệt', grantee: { legalForm: 'REGISTERED' }, ...input },
      ORGANIZATION,
    );
  const identifier = { scheme: 'GB-CHC', value: '8700001' };
  const holder = await register({ identifiers: [identifier] });
  const removal = { organizationId: holder.id, identifier, expectedVersion: holder.version };
  await done(steward, 'removeIdentifier', removal, ORGANIZATION);
  const twin = await register({});
  await done(steward, 'mergeOrganizations', { from: twin.id, into: holder.id }, `${ORGANIZATION} isDone`);
  await nameSteward(network, null);
  const { data } = await network.call(funder, '{ viewer { asFunder { id version } } }');
  const { asFunder } = (data as { viewer: { asFunder: Thing } }).viewer;
  const FUNDER = 'funder { id version }';
  const profile = { mission: 'Rivers', expectedVersion: asFunder.version };
  const { version } = await done(funder, 'updateFunderProfile', profile, FUNDER);
  const prompts = [{ en: 'What did the river do?', vi: 'Con sông thế nào?' }];
  await done(funder, 'setReportPrompts', { prompts, expectedVersion: version }, FUNDER);
  await changeKeys(network);
}

/** Keys that are claimed, made and replaced, with and without a secret of one's own; each is used at the end. */
async function changeKeys(network: Network): Promise<void> {
  const keys = new KeyCalls(network);
  const mutate = async (key: string | null, name: string, input: object, selection: string) => {
    const payload = (await network.mutate(key, name, input, selection)) as {
      secret: string | null;
      claimToken?: string;
      apiKey: { prefix: string };
      userErrors: { code: string }[];
    };
    if (payload.userErrors.length > 0) throw new Error(JSON.stringify(payload));
    return payload;
  };
  const expectGood = async (key: string): Promise<void> => {
    const [status] = await keys.tried(key);
    if (status !== 200) throw new Error(`a key was answered with ${status}`);
  };
  for (const isOwn of [false, true]) {
    const withOwn = async (key: string | null, name: string, input: object): Promise<string> => {
      const own = ownSecret();
      const sent = isOwn ? { ...input, secretDigest: own.digest } : input;
      const { secret, apiKey } = await mutate(key, name, sent, 'secret apiKey { id prefix }');
      const made = secret ?? `${apiKey.prefix}${own.text}`;
      await expectGood(made);
      return made;
    };
    const group = { name: `Tổ ${isOwn}`, grantee: { legalForm: 'REGISTERED' }, claimLink: true };
    const link = await mutate(network.keys.steward, 'registerOrganization', group, 'organization { id } claimToken');
    const claimed = await withOwn(null, 'claimInvitation', { token: link.claimToken });
    await withOwn(claimed, 'rotateApiKey', {});
    await withOwn(
      await withOwn(network.keys.steward, 'createApiKey', { role: 'ANALYST', label: 'x' }),
      'rotateApiKey',
      {
        now: true,
      },
    );
  }
}

async function endAnAgreement(network: Network, done: Doing): Promise<void> {
  const { steward } = network.keys;
  const DISSOLUTION = 'dissolution { id version }';
  const basis = { ceased: 'FUNDER', legalBasis: 'The foundation was struck off the register of charities.' };
  const announce = async (): Promise<Thing> => {
    const { id: agreementId } = (await amendmentScenes(() => network).active()) as Thing;
    return done(steward, 'announceDissolution', { agreementId, ...basis }, DISSOLUTION);
  };
  await done(steward, 'withdrawDissolution', at(await announce()), DISSOLUTION);
  const announced = await announce();
  network.clock.set(new Date(network.clock.now().getTime() + 62 * 86_400_000).toISOString());
  await done(steward, 'recordDissolution', at(announced), DISSOLUTION);
}
