import type { Tampering } from './tampering-statements.js';
import { again, without } from './tampering-statements.js';

export const HEIR = 'a rotated key has one heir, of its role and organization';
const SEEN = 'no lineage of which somebody else saw a secret has what is for a lineage alone';

/** What a hand at the database could do to keys and their lineages. */
export const KEYS: readonly Tampering[] = [
  {
    did: 'a key has a second heir',
    sql: `${without('api_keys', 'api_keys_one_heir')} ${again('api_keys', 'x.rotated_from IS NOT NULL', `'{}'::jsonb`)}`,
    breaks: [HEIR],
  },
  {
    did: 'a lineage that logged for itself alone turns out to be one that the steward has seen',
    sql: `UPDATE api_keys SET issued_by_other = true, rotated_from = NULL WHERE lineage_id IN
      (SELECT e.reader_id FROM obstacles.entries e WHERE e.tier = 'AGGREGATE_ONLY')`,
    breaks: [SEEN, HEIR],
  },
];
