import { columnsOf } from '../../platform/db/columns.js';
import type { Reader } from '../../platform/db/reader.js';
import type { CodeKind } from './obstacle-code.entity.js';
import { ObstacleCodeRow } from './obstacle-code.entity.js';

const COLUMNS = columnsOf(ObstacleCodeRow, 'c');
/** The version of each code that is in use. */
const CURRENT = `SELECT DISTINCT ON (c.code) ${COLUMNS} FROM obstacles.codes c`;

export const CODES_BY_NAME = `${CURRENT} WHERE c.code = ANY ($1::text[]) ORDER BY c.code, c.version DESC`;

export function listCodes(reader: Reader, kinds: readonly CodeKind[]): Promise<ObstacleCodeRow[]> {
  return reader.rows<ObstacleCodeRow>(
    `SELECT current.* FROM (${CURRENT} WHERE c.kind = ANY ($1::text[]) ORDER BY c.code, c.version DESC) AS current
     ORDER BY current.place`,
    [kinds],
  );
}

export function findCodes(reader: Reader, codes: readonly string[]): Promise<ObstacleCodeRow[]> {
  return reader.rows<ObstacleCodeRow>(CODES_BY_NAME, [codes]);
}
