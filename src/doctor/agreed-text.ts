import type { ClientBase } from 'pg';
import type { AgreedNames } from '../agreements/terms/agreement-revision.entity.js';
import { termsDocument } from '../agreements/terms/revisions.loaders.js';
import { renderAgreed } from '../agreements/terms/terms-text.rules.js';
import { rememberDecimals } from '../platform/api/money.type.js';
import type { StoredTerms } from '../agreements/terms/terms.rules.js';
import { termsOf } from '../agreements/terms/terms.rules.js';

export const AGREED_TEXT = 'an agreed text is what its terms say';

interface Agreed {
  readonly agreementId: string;
  readonly number: number;
  readonly terms: StoredTerms;
  readonly names: AgreedNames;
  readonly text: string;
}

const AT_ONCE = 500;
const FIRST = { agreementId: '00000000-0000-0000-0000-000000000000', number: 0 };

/** Agreements whose terms, written out again, are not the text that was agreed to. A part at a time, however many there are. */
export async function textsThatDiffer(client: ClientBase, most: number): Promise<string[]> {
  const differing: string[] = [];
  // The service remembers them when it starts; the doctor runs without the service.
  const { rows: currencies } = await client.query<{ code: string; decimals: number }>(
    'SELECT code, decimals FROM currencies',
  );
  rememberDecimals(new Map(currencies.map(({ code, decimals }) => [code, decimals])));
  for (let last = FIRST; ;) {
    const { rows } = await client.query<Agreed>(
      `SELECT r.agreement_id AS "agreementId", r.number, r.terms, r.agreed_names AS names, r.accepted_text AS text
       FROM agreement_revisions r WHERE r.accepted_text IS NOT NULL AND r.agreed_names IS NOT NULL
       AND (r.agreement_id, r.number) > ($1::uuid, $2::integer) ORDER BY r.agreement_id, r.number LIMIT ${AT_ONCE}`,
      [last.agreementId, last.number],
    );
    differing.push(...rows.filter((row) => textOf(row) !== row.text).map(({ agreementId }) => agreementId));
    if (rows.length < AT_ONCE || differing.length >= most) return differing.slice(0, most);
    last = rows[rows.length - 1];
  }
}

/** Terms that no longer can be read are not what anybody agreed to. */
function textOf({ terms, names, ...revision }: Agreed): string | null {
  try {
    return renderAgreed(termsDocument(revision, termsOf(terms), names));
  } catch {
    return null;
  }
}
