import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { GraphQLNamedType } from 'graphql';
import { isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { amendmentScenes } from './support/amendment-scenes.js';
import { money } from './support/money-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
  network.clock.set('2026-11-23T05:00:00Z');
});
afterAll(() => network.stop());
const scenes = amendmentScenes(() => network);

describe('the terms of an agreement', () => {
  const TERMS = `restriction committed { amount currency } awardedOn startsOn endsOn installments { dueOn amount { amount } }
    expectations noticeDays responseDays lobbyingClause lobbyingReason note`;
  const first = {
    ...{ awardedOn: '2026-11-20', startsOn: '2027-01-01', endsOn: '2028-12-31', noticeDays: 90, responseDays: 14 },
    ...{ lobbyingClause: 'NOT_EARMARKED', lobbyingReason: 'Section 501(c)(3)', note: 'As you see fit.' },
  };
  const parts = [
    { dueOn: '2027-01-31', amount: { amount: '400.00' } },
    { dueOn: '2028-01-31', amount: { amount: '600.00' } },
  ];
  const shown = {
    ...first,
    ...{ restriction: 'UNRESTRICTED', committed: money('1000.00'), expectations: ['2027-12-31'], installments: parts },
  };

  it('are all there, and each revision of them is read forever by both', async () => {
    const { funder, grantee } = network.keys;
    const offered = await scenes.offered(first);
    const asked = await scenes.move('requestAgreementChanges', offered, { message: 'No reason is needed.' }, grantee);
    const second = { ...first, noticeDays: 365, lobbyingClause: 'NONE', lobbyingReason: null, note: null };
    const revised = await scenes.move('reviseAgreement', asked, { terms: scenes.terms(second) });
    const again = await scenes.move('offerAgreement', revised);
    const { agreement } = await scenes.act('acceptAgreement', scenes.acceptance(again), grantee);
    await scenes.done(funder, 'proposeAmendment', scenes.addFunds(agreement));
    const amended = await scenes.read(funder, agreement.id);
    const ending = { agreementId: amended.id, baseRevision: 3, kind: 'EXTEND_TERM', endsOn: '2029-06-30' };
    await scenes.done(funder, 'proposeAmendment', ending);
    const third = {
      ...{ ...shown, ...second, committed: money('1250.00') },
      installments: [parts[0], { dueOn: '2027-06-30', amount: { amount: '250.00' } }, parts[1]],
    };
    for (const key of [funder, grantee, network.keys.steward]) {
      const query = `{ agreement(id: "${agreement.id}") { funder { name } grantee { name } revisions { number ${TERMS} } } }`;
      const { data } = await network.call(key, query);
      expect(data.agreement).toEqual({
        funder: { name: 'Riverstone Fund' },
        grantee: { name: 'Hội Phụ nữ Sông Hậu' },
        revisions: [
          { number: 1, ...shown },
          { number: 2, ...shown, ...second },
          { number: 3, ...third },
          { number: 4, ...third, endsOn: '2029-06-30' },
        ],
      });
    }
    const compare = async (from: number, to: number): Promise<unknown> => {
      const query = `{ agreement(id: "${agreement.id}") { compareRevisions(from: ${from}, to: ${to}) { field before after } } }`;
      const { data, errors } = await network.call(grantee, query);
      return data?.agreement?.compareRevisions ?? errors?.map(({ extensions }) => extensions.code);
    };
    expect(await compare(1, 2)).toEqual([
      { field: 'noticeDays', before: '90', after: '365' },
      { field: 'lobbyingClause', before: 'NOT_EARMARKED', after: 'NONE' },
      { field: 'lobbyingReason', before: 'Section 501(c)(3)', after: null },
      { field: 'note', before: 'As you see fit.', after: null },
    ]);
    expect(await compare(4, 3)).toEqual([{ field: 'endsOn', before: '2029-06-30', after: '2028-12-31' }]);
    expect(await compare(4, 4)).toEqual([]);
    expect(await compare(1, 5)).toEqual(['NOT_FOUND']);
  });
});

describe('nothing in the contract', () => {
  const types = (): GraphQLNamedType[] =>
    Object.values(network.app.get(GraphQLSchemaHost).schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const members = (type: GraphQLNamedType): string[] => {
    if (isEnumType(type)) return type.getValues().map(({ name }) => name);
    if (isInputObjectType(type)) return Object.keys(type.getFields());
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    return Object.values(type.getFields()).flatMap(({ name, args }) => [name, ...args.map((arg) => arg.name)]);
  };

  it('restricts the use of money, asks for it back, or makes it wait for other money', () => {
    const FORBIDDEN =
      /budget|line_?item|claw_?back|recoup|refund|matching|match_?fund|co_?fund|cost_?share|earmark(?!ed$)|allowable|eligible_?cost|reimburs|milestone|deliverable|use_?restriction|restricted_?to|restricted_?use|purpose|approv|reject|score/i;
    const found = types().flatMap((type) =>
      [type.name, ...members(type)].filter((name) => FORBIDDEN.test(name)).map((name) => `${type.name}.${name}`),
    );
    expect(found).toEqual([]);
    expect(
      'budgetLines useRestriction clawbackTerms matchingFunds'.split(' ').every((name) => FORBIDDEN.test(name)),
    ).toBe(true);
    const { AgreementTermsInput } = Object.fromEntries(types().map((type) => [type.name, type]));
    expect(members(AgreementTermsInput)).not.toContain('restriction');
  });

  it('lets a payment depend on a report', async () => {
    const inputs = ['RecordDisbursementInput', 'ConfirmDisbursementInput', 'PlaceLegalHoldInput', 'LiftLegalHoldInput'];
    const fields = types()
      .filter(({ name }) => inputs.includes(name))
      .flatMap(members);
    expect(fields.filter((name) => /report|share|expectation/i.test(name))).toEqual([]);
    const grounds = types().find(({ name }) => name === 'LegalHoldGround')!;
    expect(members(grounds).sort()).toEqual(['COURT_ORDER', 'EXPENDITURE_RESPONSIBILITY', 'SANCTIONS_SCREENING']);
    const money = ['installments', 'disbursements', 'legal_holds', 'repayments', 'disbursement_receipts'];
    const columns = await network.sql(
      `SELECT table_name, column_name FROM information_schema.columns
       WHERE table_name = ANY ($1) AND column_name ~ 'report|share|expect'`,
      [money],
    );
    expect(columns).toEqual([]);
    const keys = await network.sql(
      `SELECT conname FROM pg_constraint c WHERE contype = 'f' AND conrelid::regclass::text = ANY ($1)
         AND confrelid::regclass::text ~ 'report|share|expect'
       UNION ALL SELECT conname FROM pg_constraint WHERE contype = 'f' AND confrelid::regclass::text = ANY ($1)
         AND conrelid::regclass::text ~ 'report|share|expect'`,
      [money],
    );
    expect(keys).toEqual([]);
  });
});
