import { addDays, latestDay } from '../../src/agreements/due-day.rules.js';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import { amendmentScenes, answer } from './amendment-scenes.js';
import { upload } from './attachment-scenes.js';
import { TERMS_WITH_MISSED_DAY, moveMissedByAll, tellMissedPayment } from './missed-payment.js';
import type { Network } from './network.js';
import type { Sponsorship } from './sponsor-scenes.js';
import { addSponsorship, sponsorScenes } from './sponsor-scenes.js';
import { tellStewardStory } from './steward-scenes.js';

interface Entity {
  id: string;
  version: number;
  [name: string]: unknown;
}
type Payload = Record<string, Entity> & { userErrors: Entity[] };
interface Installed {
  id: string;
  version: number;
  revision: number;
  installments: { id: string }[];
  disbursements: { id: string }[];
}
export interface Told {
  readonly agreementId: string;
  readonly reportId: string;
  readonly obstacleIds: readonly string[];
}

/** All that two parties do with each other, over HTTP: so that every table has rows of theirs. */
export async function tellWholeStory(
  network: Network,
  funder: 'funder' | 'secondFunder',
  grantee: 'grantee' | 'secondGrantee',
): Promise<Told> {
  const { keys, ids } = network;
  const done = async (key: string, name: string, entity: string, input: object): Promise<Entity> => {
    const payload = (await network.mutate(key, name, input, entity)) as unknown as Payload;
    if (payload.userErrors.length > 0) throw new Error(`${name}: ${JSON.stringify(payload.userErrors)}`);
    return Object.values<Entity>(payload)[0];
  };
  const installments = [
    // Soon enough to be reminded of, whenever this is told.
    { dueOn: addDays(latestDay(network.clock.now()), 7), amount: { amount: '100.00', currency: 'USD' } },
    { dueOn: '2027-11-02', amount: { amount: '200.50', currency: 'USD' } },
  ];
  const terms = {
    committed: { amount: '300.50', currency: 'USD' },
    startsOn: '2026-10-01',
    endsOn: '2028-09-30',
    installments,
    expectations: [{ dueOn: '2027-10-01' }],
    note: 'Dùng theo ý các bạn.',
  };
  const AGREEMENT = 'agreement { id version revision installments { id } disbursements { id } }';
  const act = async (key: string, name: string, input: object): Promise<Installed> =>
    (await done(key, name, AGREEMENT, input)) as unknown as Installed;
  const first = { granteeId: ids[grantee], terms, idempotencyKey: 'draft' };
  const drafted = await act(keys[funder], 'draftAgreement', first);
  await act(keys[funder], 'draftAgreement', { granteeId: ids[grantee], terms });
  const offered = await act(keys[funder], 'offerAgreement', { id: drafted.id, expectedVersion: drafted.version });
  const active = await act(keys[grantee], 'acceptAgreement', {
    id: offered.id,
    revision: offered.revision,
    acceptedByName: 'Nguyễn Thị Hoa',
    acceptedByTitle: 'Giám đốc',
  });
  const sent = (await done(keys[funder], 'recordDisbursement', 'disbursement { id version }', {
    installmentId: active.installments[0].id,
    sentOn: '2026-11-01',
    amount: { amount: '100.00', currency: 'USD' },
    reference: 'GF 1',
  })) as { id: string; version: number };
  await done(keys[grantee], 'confirmDisbursement', 'disbursement { id }', {
    id: sent.id,
    expectedVersion: sent.version,
    receivedOn: '2026-11-02',
    received: { amount: '95.00', currency: 'USD' },
  });
  await done(keys[grantee], 'recordRepayment', 'repayment { id }', {
    disbursementId: sent.id,
    amount: { amount: '10.00', currency: 'USD' },
    repaidOn: '2026-11-03',
    reason: 'Sent twice by our bank.',
  });
  await done(keys[funder], 'placeLegalHold', 'legalHold { id }', {
    installmentId: active.installments[1].id,
    ground: 'SANCTIONS_SCREENING',
    legalBasis: 'Screening of the new bank of the grantee.',
  });
  await done(keys.steward, 'announceDissolution', 'dissolution { id }', {
    agreementId: active.id,
    ceased: 'FUNDER',
    legalBasis: 'The foundation was wound up.',
  });
  await done(keys[grantee], 'proposeAmendment', 'amendment { id }', {
    agreementId: active.id,
    kind: 'ADD_FUNDS',
    baseRevision: active.revision,
    installments: [{ dueOn: '2028-01-31', amount: { amount: '50.00', currency: 'USD' } }],
  });
  const report = await done(keys[grantee], 'submitReport', 'narrativeReport { id version shares { nodes { id } } }', {
    clientSubmissionId: `story of ${grantee}`,
    idempotencyKey: 'report',
    sections: [
      { prompt: 'WHAT_HAPPENED', text: 'Chúng tôi đã xây hai cây cầu.' },
      { prompt: 'SURPRISES', text: 'Not for you.', isVisible: false },
    ],
    shareWith: [active.id],
  });
  const [share] = (report.shares as { nodes: { id: string }[] }).nodes;
  await done(keys[funder], 'respondToReport', 'reportShare { id }', {
    shareId: share.id,
    kind: 'LEARNED',
    text: 'We learned that bridges come first.',
  });
  await done(keys[grantee], 'replyToReportResponse', 'reportShare { id }', { shareId: share.id, text: 'Cảm ơn.' });
  await done(keys[grantee], 'rateReportResponse', 'reportShare { id }', { shareId: share.id, helped: true });
  const draft = await done(keys[grantee], 'draftReport', 'narrativeReport { id version }', {
    format: 'REUSED_DOCUMENT',
  });
  for (const isVisible of [true, false]) {
    const { status } = await upload(network, keys[grantee], draft.id, { isVisible });
    if (status !== 201) throw new Error(`an upload answered ${status}`);
  }
  await done(keys[grantee], 'submitReport', 'narrativeReport { id }', {
    id: draft.id,
    expectedVersion: draft.version,
    shareWith: [active.id],
  });
  await done(keys[grantee], 'draftReport', 'narrativeReport { id }', {});
  await done(keys[funder], 'draftConversationNotes', 'conversationNotes { id }', {
    agreementId: active.id,
    conversation: {
      heldOn: '2026-11-01',
      minutes: 30,
      granteePeople: 2,
      funderPeople: 1,
      notes: 'We talked of bridges.',
    },
  });
  const obstacleIds: string[] = [];
  for (const tier of ['SHARED', 'CONFIDENTIAL', 'AGGREGATE_ONLY']) {
    const { id } = await done(keys[grantee], 'logObstacle', 'obstacle { id }', {
      code: 'DISBURSEMENT_DELAY',
      tier,
      beganMonth: '2026-10-01',
      text: `${tier} words of ${grantee}`,
      agreementId: active.id,
      clientSubmissionId: `${tier} of ${grantee}`,
      idempotencyKey: tier,
    });
    obstacleIds.push(id);
  }
  const suggested = await network.call(keys[grantee], '{ obstacleSuggestions { nodes { id code } } }');
  const { nodes } = (suggested.data as { obstacleSuggestions: { nodes: { id: string; code: string }[] } })
    .obstacleSuggestions;
  const suggestionOf = (wanted: string): { id: string } => ({ id: nodes.find(({ code }) => code === wanted)!.id });
  await done(keys[grantee], 'logSuggestedObstacle', 'obstacle { id }', {
    ...suggestionOf('TRANSFER_COST_SHIFTED'),
    tier: 'CONFIDENTIAL',
  });
  await done(keys[grantee], 'dismissSuggestion', 'suggestionId', suggestionOf('PAYMENT_HELD'));
  const practice = {
    codes: ['DISBURSEMENT_DELAY'],
    youSaid: 'Money comes late.',
    weDid: 'It comes early.',
    effectiveMonth: '2026-10-01',
  };
  await done(keys[funder], 'publishPracticeChange', 'practiceChange { id }', practice);
  const { id } = await done(keys[funder], 'publishPracticeChange', 'practiceChange { id }', practice);
  await done(keys[funder], 'retractPracticeChange', 'practiceChange { id }', { id, expectedVersion: 1 });
  await done(keys[funder], 'inviteGrantee', 'grantee { id }', {
    name: `Nhóm cứu trợ của ${funder}`,
    place: 'Trà Vinh',
    contact: { phone: '+84 90 000 0000' },
  });
  return { agreementId: active.id, reportId: report.id, obstacleIds };
}

/**
 * A sponsored project that is paid, told of, held and amended, and then gets another sponsor: rows of a group, of the one
 * that went and of the one that came, beside an offer that asks the first.
 */
export async function tellSponsoredStory(network: Network): Promise<Sponsorship> {
  const sponsorship = await addSponsorship(network);
  const { group, sponsor, other } = sponsorship;
  const { funder } = network.keys;
  const amendments = amendmentScenes(() => network);
  const scenes = sponsorScenes(() => network, amendments);
  await scenes.offered(sponsorship);
  const active = (await scenes.active(sponsorship, TERMS_WITH_MISSED_DAY)) as Installed;
  await moveMissedByAll(amendments, active, [group.key, sponsor.key, funder]);
  const { id, version } = (await amendments.pay(active.installments[1].id, '400.00')) as Entity;
  const money = (amount: string): object => ({ amount, currency: 'USD' });
  const confirmed = { id, expectedVersion: version, receivedOn: '2026-11-21', received: money('395.00') };
  await network.mutate(sponsor.key, 'confirmDisbursement', confirmed, 'disbursement { id }');
  const back = { disbursementId: id, amount: money('1.00'), repaidOn: '2026-11-22', reason: 'Too much.' };
  await network.mutate(sponsor.key, 'recordRepayment', back, 'repayment { id }');
  const held = { ground: 'COURT_ORDER', legalBasis: 'An order of the court of Cần Thơ.' };
  const hold = { ...held, installmentId: active.installments[2].id };
  await network.mutate(funder, 'placeLegalHold', hold, 'legalHold { id }');
  const sections = [{ prompt: 'LEARNED', text: 'Boats need nets.' }];
  const selection = 'narrativeReport { id version }';
  const { narrativeReport } = (await network.mutate(group.key, 'draftReport', { sections }, selection)) as Payload;
  const { status, body } = await upload(network, group.key, narrativeReport.id, {});
  if (status !== 201) throw new Error(`an upload answered ${status}: ${JSON.stringify(body)}`);
  const submitted = { id: narrativeReport.id, expectedVersion: narrativeReport.version, shareWith: [active.id] };
  const { userErrors } = (await network.mutate(group.key, 'submitReport', submitted, selection)) as Payload;
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  const asked = { agreementId: active.id, kind: 'CHANGE_SPONSOR', baseRevision: 2, fiscalSponsorId: other.id };
  const proposed = (await amendments.done(group.key, 'proposeAmendment', asked)) as Entity;
  const agreed = (await amendments.done(other.key, 'acceptAmendment', answer(proposed))) as Entity;
  await amendments.done(funder, 'acceptAmendment', answer(agreed));
  await network.app.get(Jobs).runScheduled('remind');
  return sponsorship;
}

/** What two networks of parties do, a sponsored project, and what time or an import adds: rows of both in every table. */
export async function tellEverything(network: Network): Promise<Sponsorship> {
  await tellWholeStory(network, 'funder', 'grantee');
  await tellWholeStory(network, 'secondFunder', 'secondGrantee');
  await recordImports(network);
  const sponsorship = await tellSponsoredStory(network);
  await tellMissedPayment(network, 'funder', 'grantee');
  await tellMissedPayment(network, 'secondFunder', 'secondGrantee');
  await tellStewardStory(network);
  await recordReleases(network);
  await freezeRecords(network);
  return sponsorship;
}

/** Years of both funders that were frozen, which takes more grantees than a test has; and reminders and heads, which take time. */
export async function freezeRecords({ sql, ids }: Network): Promise<void> {
  await sql(`INSERT INTO report_response_reminders SELECT id, 'DUE', now() FROM report_shares`);
  for (const day of ['2026-01-01', '2026-01-02']) await sql('SELECT publish_head($1, now())', [day]);
  for (const duty of ['REPORT_RESPONSE', 'OBSTACLE_RESPONSE']) {
    await sql(`INSERT INTO duty_record_years VALUES ($1, 2025, now())`, [duty]);
    for (const funder of [ids.funder, ids.secondFunder])
      await sql(`INSERT INTO duty_records VALUES ($1, $2, 2025, 4, 3, 2, 1)`, [funder.slice(4), duty]);
  }
}

/**
 * Imported agreements of both pairs of parties: the funder is found by a number that it gave itself and the steward confirmed,
 * the grantee by its name alone. Each funder also gives itself a number that nobody confirms.
 */
export async function recordImports(network: Network): Promise<void> {
  for (const [funder, grantee, number] of [
    ['funder', 'grantee', '9100001'],
    ['secondFunder', 'secondGrantee', '9100002'],
  ] as const) {
    const organizationId = network.ids.organization[funder];
    const numbers = [number, `${number}9`].map((value) => ({ scheme: 'GB-CHC', value }));
    const read = `{ node(id: "${organizationId}") { ... on Organization { version } } }`;
    const { version } = (await network.call(network.keys.steward, read)).data.node as Entity;
    await network.mutate(
      network.keys[funder],
      'updateOrganization',
      { expectedVersion: version, identifiers: numbers },
      'organization { id }',
    );
    const confirmed = (await network.mutate(
      network.keys.steward,
      'confirmIdentifier',
      { organizationId, identifier: numbers[0], expectedVersion: version + 1 },
      'organization { id }',
    )) as Payload;
    if (confirmed.userErrors.length > 0) throw new Error(JSON.stringify(confirmed.userErrors));
    await network.sql(
      `WITH a AS (INSERT INTO agreements (id, funder_id, grantee_id, offered_to, state, origin, restriction, committed_minor, currency, created_at, updated_at)
         VALUES (gen_random_uuid(), $1, $2, $2, 'RECORDED', 'IMPORTED', 'UNSTATED', 1000, 'VND', now(), now()) RETURNING id),
         e AS (INSERT INTO events (id, type, at, actor_role, subject_type, subject_id, funder_id, grantee_id, for_steward)
         SELECT gen_random_uuid(), 'AGREEMENT_RECORDED', now(), 'STEWARD', 'AGREEMENT', id, $1, $2, true FROM a)
       INSERT INTO imported_grants (agreement_id, funder_id, grantee_id, source_id, digest, source, imported_at, funder_scheme, funder_value)
         SELECT id, $1, $2, id::text, sha256(''), '{}', now(), 'GB-CHC', $3 FROM a`,
      [network.ids[funder].slice(4), network.ids[grantee].slice(4), number],
    );
    await network.sql(`INSERT INTO imported_names VALUES ($1::uuid, sha256(''), $2)`, [
      network.ids[funder].slice(4),
      network.ids[grantee].slice(4),
    ]);
  }
}

/** Two sealed quarters: with so few parties the service itself would refuse them. */
export async function recordReleases(network: Network): Promise<void> {
  for (const period of ['2026-Q2', '2026-Q3']) {
    await network.sql(
      `WITH r AS (INSERT INTO statistics.releases VALUES (gen_random_uuid(), $1, 'SEALED', 350, 200, 400, now()) RETURNING *),
         l AS (INSERT INTO statistics.ledger VALUES ($1, 'CATEGORY', 2026, 350, now())),
         e AS (INSERT INTO events (id, type, at, actor_role, subject_type, subject_id, for_steward)
         SELECT gen_random_uuid(), 'OBSTACLE_RELEASE_SEALED', now(), 'SYSTEM', 'OBSTACLE_RELEASE', id, true FROM r)
       INSERT INTO statistics.cells (release_id, period, state, view, place, kind, category, label_en, label_vi, value)
         SELECT r.id, r.period, r.state, 'CATEGORY', c.place, 'FUNDER', c.category, c.label_en, c.label_vi, 7 - c.place
         FROM r, obstacles.categories c`,
      [period],
    );
  }
}
