import { firstOfMonth } from './days.js';
import { termsOf } from './demo-terms.js';
import type { Money } from './narrator.js';
import { written } from './narrator.js';
import type { Scene } from './scene.js';

interface Agreement {
  id: string;
  state: string;
  revision: number;
  version: number;
  restriction: string;
  committed: Money;
  timeZone: string | null;
  acceptedByName: string | null;
  acceptedDigest: string | null;
  responseDays: number;
  noticeDays: number;
  installments: { number: number; dueOn: string; amount: Money }[];
  expectations: { dueOn: string }[];
}
const AGREEMENT = `agreement { id state revision version restriction committed { amount currency } timeZone acceptedByName
  acceptedDigest responseDays noticeDays installments { number dueOn amount { amount currency } } expectations { dueOn } }`;
const READ = `query ($id: ID!) { ${AGREEMENT.replace('agreement', 'agreement(id: $id)')} }`;

/** From a draft that nobody else sees to an accepted agreement; answers its id. */
export async function playAgreement({ cast, say, today, run }: Scene): Promise<string> {
  const { funder, grantee, names, granteeId } = cast;
  const terms = termsOf({
    ...{ currency: 'USD', parts: ['18000.00', '12000.00'], startsOn: firstOfMonth(today), days: 730 },
    ...{ firstAfter: 40, every: 200, reportsAfter: [365] },
    note: 'General support. Use it as you judge best; you need not ask us when plans change.',
  });

  say.step(`${names.funder} drafts an agreement. As long as it is a draft, nobody else knows of it.`);
  const { agreement: draft } = await funder.act<{ agreement: Agreement }>(
    'draftAgreement',
    { granteeId, terms, idempotencyKey: run },
    AGREEMENT,
  );
  const { id } = draft;
  say.call(
    'funder',
    'draftAgreement',
    `${draft.state}: ${written(draft.committed)}, ${draft.restriction.toLowerCase()}`,
  );
  const hidden = await grantee.ask<{ agreement: Agreement | null }>(READ, { id });
  say.call(
    'grantee',
    'agreement(id)',
    hidden.agreement === null ? 'null: for the grantee it does not exist' : 'seen (!)',
  );

  say.step(`The funder offers it. ${names.grantee} reads what it is asked to agree to, and accepts.`);
  const change = { id, expectedVersion: draft.version, idempotencyKey: run };
  const { agreement: offered } = await funder.act<{ agreement: Agreement }>('offerAgreement', change, AGREEMENT);
  say.call('funder', 'offerAgreement', `${offered.state}, revision ${offered.revision}`);
  const { agreement: seen } = await grantee.ask<{ agreement: Agreement }>(READ, { id });
  say.call(
    'grantee',
    'agreement(id)',
    ...seen.installments.map(({ number, amount, dueOn }) => `installment ${number}: ${written(amount)}, due ${dueOn}`),
    `one report hoped for by ${seen.expectations[0].dueOn}; no payment waits for it`,
    `the funder answers within ${seen.responseDays} days, and gives ${seen.noticeDays} days of notice`,
  );
  const acceptance = { acceptedByName: 'Trần Thị Mận', acceptedByTitle: 'Chủ tịch hội' };
  const { agreement: active } = await grantee.act<{ agreement: Agreement }>(
    'acceptAgreement',
    { id, revision: seen.revision, ...acceptance, idempotencyKey: run },
    AGREEMENT,
  );
  say.call(
    'grantee',
    'acceptAgreement',
    `${active.state}, accepted by ${active.acceptedByName}; days end in ${active.timeZone}`,
    `the text agreed to has the SHA-256 ${active.acceptedDigest!.slice(0, 16)}…`,
  );
  return id;
}
