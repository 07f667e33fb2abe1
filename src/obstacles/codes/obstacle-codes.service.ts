import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/db/reader.js';
import { invalidValue, refuse } from '../../platform/errors/refusal.js';
import type { CodeKind, ObstacleCodeRow } from './obstacle-code.entity.js';
import { CODE_KINDS } from './obstacle-code.entity.js';
import { findCodes, listCodes } from './obstacle-codes.store.js';

@Injectable()
export class ObstacleCodes {
  list(reader: Reader, kind: CodeKind | null | undefined): Promise<ObstacleCodeRow[]> {
    return listCodes(reader, kind ? [kind] : CODE_KINDS);
  }

  /** The codes of one obstacle, the main one first. Refuses what is not in the list, or there twice. */
  check(reader: Reader, code: string, others: readonly string[]): Promise<ObstacleCodeRow[]> {
    return this.known(reader, [code, ...others], (i) => (i === 0 ? ['code'] : ['otherCodes', String(i - 1)]));
  }

  /** The codes of one list. Refuses what is not in the reference table, or there twice. */
  checkList(reader: Reader, codes: readonly string[], field: string): Promise<ObstacleCodeRow[]> {
    return this.known(reader, codes, (i) => [field, String(i)]);
  }

  private async known(
    reader: Reader,
    named: readonly string[],
    pathOf: (place: number) => string[],
  ): Promise<ObstacleCodeRow[]> {
    const known = new Map((await findCodes(reader, named)).map((row) => [row.code, row]));
    return named.map((name, i) => {
      const path = pathOf(i);
      const row = known.get(name);
      if (!row) throw refuse('UNKNOWN_OBSTACLE_CODE', { path, parameters: { code: name } });
      if (named.indexOf(name) < i) {
        throw invalidValue(path, 'NAMED_TWICE', { value: `\`${name}\`` });
      }
      return row;
    });
  }
}
