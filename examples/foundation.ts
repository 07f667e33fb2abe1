/**
 * A foundation's grants system that keeps in step with Goodfaith. docs/foundations.md walks through it.
 *
 *   npm run --silent example examples/foundation.ts invite "Name of a group" "Its place" its@address.example
 *   npm run --silent example examples/foundation.ts offer <number of your own> <gte_…>
 *   npm run --silent example examples/foundation.ts pay
 *   npm run --silent example examples/foundation.ts follow <file that keeps the cursor>
 *
 * GOODFAITH_URL says where the service is, FUNDER_KEY is the key. It needs nothing but Node.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

const { GOODFAITH_URL = 'http://localhost:4000', FUNDER_KEY = '' } = process.env;
const ATTEMPTS = 6;

interface Told {
  readonly code: string;
  readonly message: string;
}
interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** What the service said no to. `code` never changes; `message` is for people. */
class Refused extends Error {
  readonly code: string;

  constructor({ code, message }: Told) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

const pause = (seconds: number): Promise<void> => new Promise((done) => setTimeout(done, seconds * 1000));

/**
 * One call. It is sent again when no answer came and when the answer says `retryable`: a lost answer never makes anything
 * twice, because each mutation here has an idempotency key.
 */
async function call<Data>(query: string, variables: object = {}): Promise<Data> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(`${GOODFAITH_URL}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${FUNDER_KEY}` },
      body: JSON.stringify({ query, variables }),
    }).catch(() => null);
    const answer = response && ((await response.json().catch(() => null)) as Answer<Data> | null);
    const error = answer?.errors?.[0];
    if (answer && !error) return answer.data as Data;
    if (error && !error.extensions.retryable) throw new Refused({ ...error.extensions, message: error.message });
    if (attempt === ATTEMPTS) throw new Error(error?.message ?? `${GOODFAITH_URL} does not answer`);
    await pause(Number(response?.headers.get('retry-after')) || 2 ** attempt / 4);
  }
}
interface Answer<Data> {
  readonly data?: Data;
  readonly errors?: readonly { message: string; extensions: { code: string; retryable: boolean } }[];
}

/** A mutation by its name. With `userErrors` nothing was changed; what to know beside a success would be in `notices`. */
async function change<Payload extends object>(name: string, input: object, selection: string): Promise<Payload> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input!`;
  const data = await call<Record<string, Payload & { userErrors: readonly Told[] }>>(
    `mutation ($input: ${type}) { ${name}(input: $input) { ${selection} userErrors { code message } } }`,
    { input },
  );
  const { userErrors, ...payload } = data[name];
  if (userErrors[0]) throw new Refused(userErrors[0]);
  return payload as unknown as Payload;
}

const dayFrom = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Once for each group, however often it is run: the same group is the same grantee. The token is shown once. */
async function invite(name: string, place: string, email: string): Promise<void> {
  const { grantee, claimToken } = await change<{ grantee: { id: string }; claimToken: string | null }>(
    'inviteGrantee',
    { name, place, contact: { email }, idempotencyKey: `invite:${email}` },
    'grantee { id } claimToken',
  );
  console.log(`${grantee.id} ${claimToken ?? 'invited-before'}`);
}

interface Agreement {
  readonly id: string;
  readonly state: string;
  readonly version: number;
}

/** `number` is the foundation's own: it makes one agreement of one decision. */
async function offer(number: string, granteeId: string): Promise<void> {
  const terms = {
    committed: { amount: '12000.00', currency: 'EUR' },
    startsOn: dayFrom(0),
    endsOn: dayFrom(730),
    schedule: { firstDueOn: dayFrom(7), parts: 2, everyMonths: 12 },
    expectations: [{ dueOn: dayFrom(365) }],
    note: 'Use it as you see fit.',
  };
  const drafted = await change<{ agreement: Agreement }>(
    'draftAgreement',
    { granteeId, terms, idempotencyKey: `draft:${number}` },
    'agreement { id state version }',
  );
  let { agreement } = drafted;
  if (agreement.state === 'DRAFT') {
    const { id, version } = agreement;
    ({ agreement } = await change<{ agreement: Agreement }>(
      'offerAgreement',
      { id, expectedVersion: version, idempotencyKey: `offer:${number}` },
      'agreement { id state version }',
    ));
  }
  console.log(`${agreement.id} ${agreement.state}`);
}

interface Installment {
  readonly id: string;
  readonly dueOn: string;
  readonly amount: { readonly amount: string; readonly currency: string };
  readonly legalHolds: readonly { readonly liftedAt: string | null }[];
  readonly disbursements: readonly { readonly state: string }[];
  readonly agreement: { readonly grantee: { readonly name: string } };
}
const DUE = `query ($after: String, $until: Date!) { installments(first: 50, after: $after, filter: {state: {in: [SCHEDULED]}, dueOn: {lte: $until}}) {
  nodes { id dueOn amount { amount currency } legalHolds { liftedAt } disbursements { state } agreement { grantee { name } } }
  pageInfo { hasNextPage endCursor } } }`;

/** What is due within two weeks. The bank's part is left out: here every payment leaves today. */
async function pay(): Promise<void> {
  let after: string | null = null;
  do {
    const { installments }: { installments: Page<Installment> } = await call(DUE, { after, until: dayFrom(14) });
    for (const installment of installments.nodes) await payOne(installment);
    after = installments.pageInfo.hasNextPage ? installments.pageInfo.endCursor : null;
  } while (after !== null);
}

async function payOne({ id, dueOn, amount, legalHolds, disbursements, agreement }: Installment): Promise<void> {
  const what = `${amount.amount} ${amount.currency} to ${agreement.grantee.name}, due ${dueOn}`;
  if (legalHolds.some(({ liftedAt }) => liftedAt === null)) return console.log(`held: ${what}`);
  // A part was sent, or something is missing: a person looks at it.
  if (disbursements.some(({ state }) => ['SENT', 'RECEIVED', 'MISSING'].includes(state)))
    return console.log(`by hand: ${what}`);
  // The number of earlier payments is in the key: after one that was returned or voided the next is another payment.
  const idempotencyKey = `pay:${id}:${disbursements.length}`;
  const reference = `GF-${id.slice(-6)}`;
  await change(
    'recordDisbursement',
    { installmentId: id, amount, sentOn: dayFrom(0), reference, idempotencyKey },
    'disbursement { id }',
  );
  console.log(`sent: ${what}`);
}

interface Event {
  readonly id: string;
  readonly at: string;
  readonly type: string;
  readonly subjectId: string;
}
const EVENTS = `query ($after: String, $filter: EventFilter) { events(first: 100, after: $after, filter: $filter) {
  nodes { id at type subjectId } pageInfo { hasNextPage endCursor } } }`;

/** Every event once, in order. The cursor is kept after its events were handled, so a crash repeats some and loses none. */
async function follow(file: string): Promise<void> {
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Kept) : null;
  let after = kept?.cursor ?? null;
  let filter: object | null = null;
  for (;;) {
    let page: Page<Event>;
    try {
      page = (await call<{ events: Page<Event> }>(EVENTS, { after, filter })).events;
    } catch (error) {
      // After a restore, or with a cursor that was lost: go on from the moment of the last event. Known ids are skipped.
      if (!(error instanceof Refused) || !['FEED_RESTORED', 'INVALID_CURSOR'].includes(error.code) || filter)
        throw error;
      [after, filter] = [null, { since: kept?.at ?? new Date(0).toISOString() }];
      continue;
    }
    for (const { at, type, subjectId } of page.nodes) console.log(`${at} ${type} ${subjectId}`);
    const { hasNextPage, endCursor } = page.pageInfo;
    if (endCursor !== null) {
      after = endCursor;
      const newest: Kept = { cursor: endCursor, at: page.nodes.at(-1)!.at };
      writeFileSync(`${file}.new`, JSON.stringify(newest));
      renameSync(`${file}.new`, file);
    }
    if (!hasNextPage) return;
  }
}
interface Kept {
  readonly cursor: string;
  readonly at: string;
}

const COMMANDS: Readonly<Record<string, (...args: string[]) => Promise<void>>> = { invite, offer, pay, follow };
const [command = '', ...args] = process.argv.slice(2);
const run = COMMANDS[command];
if (!run || args.length !== run.length) {
  console.error('invite <name> <place> <email> | offer <number> <gte_…> | pay | follow <file>');
  process.exitCode = 2;
} else {
  await run(...args).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  });
}
