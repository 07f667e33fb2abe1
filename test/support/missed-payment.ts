import type { AmendmentScenes } from './amendment-scenes.js';
import { answer } from './amendment-scenes.js';
import type { Network } from './network.js';

interface Thing {
  id: string;
  version: number;
  revision: number;
  installments: { id: string }[];
}

const usd = (amount: string): object => ({ amount, currency: 'USD' });
/** Long over when anybody runs this. */
export const MISSED_DAY = '2026-10-15';
export const TERMS_WITH_MISSED_DAY = {
  startsOn: '2026-10-01',
  committed: usd('1050.00'),
  installments: [
    { dueOn: MISSED_DAY, amount: usd('50.00') },
    { dueOn: '2027-01-31', amount: usd('400.00') },
    { dueOn: '2028-01-31', amount: usd('600.00') },
  ],
};

/** What moves the first installment to a later day at once, when all agree. */
const moveMissed = ({ id, revision, installments }: Thing): object => ({
  ...{ agreementId: id, baseRevision: revision, kind: 'MOVE_PAYMENT_LATER', effectiveOn: '2026-11-01' },
  ...{ waiveNotice: true, installments: [{ installmentId: installments[0].id, dueOn: '2028-06-30' }] },
});

/** The first proposes it, and the others agree, in order. */
export async function moveMissedByAll(
  { done }: Pick<AmendmentScenes, 'done'>,
  agreement: Thing,
  [first, ...others]: readonly string[],
): Promise<void> {
  let moved = (await done(first, 'proposeAmendment', moveMissed(agreement))) as Thing;
  for (const key of others) moved = (await done(key, 'acceptAmendment', answer(moved))) as Thing;
}

/** An agreement of which the first day was missed and then moved by consent. */
export async function tellMissedPayment(
  { keys, ids, mutate }: Network,
  funder: 'funder' | 'secondFunder',
  grantee: 'grantee' | 'secondGrantee',
): Promise<void> {
  const done = async (key: string, name: string, input: object, selection: string): Promise<Thing> => {
    const payload = (await mutate(key, name, input, selection)) as unknown as Record<string, Thing> & {
      userErrors: object[];
    };
    if (payload.userErrors.length > 0) throw new Error(`${name}: ${JSON.stringify(payload.userErrors)}`);
    return Object.values<Thing>(payload)[0];
  };
  const agreement = 'agreement { id version revision installments { id } }';
  const terms = { ...TERMS_WITH_MISSED_DAY, endsOn: '2028-12-31', expectations: [] };
  const draft = await done(keys[funder], 'draftAgreement', { granteeId: ids[grantee], terms }, agreement);
  const { id, revision } = await done(keys[funder], 'offerAgreement', answer(draft), agreement);
  const person = { acceptedByName: 'Nguyễn Thị Hoa', acceptedByTitle: 'Giám đốc' };
  const active = await done(keys[grantee], 'acceptAgreement', { id, revision, ...person }, agreement);
  const amendment = 'amendment { id version }';
  const proposed = await done(keys[grantee], 'proposeAmendment', moveMissed(active), amendment);
  await done(keys[funder], 'acceptAmendment', answer(proposed), amendment);
}
