import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { transformFileSync } from '@swc/core';
import pg from 'pg';
import { faultOf, plainFault } from './fault.js';

const TEXT = 'what the grantee wrote';

/** As PostgreSQL tells it: the failing row, the function's own statement and where it was are all there. */
function broken(told: object): Error {
  const error = new pg.DatabaseError(`new row violates "${TEXT}"`, 10, 'error');
  const more = { detail: `Failing row contains (${TEXT}).`, where: TEXT, internalQuery: TEXT, hint: TEXT };
  return Object.assign(error, { code: '23514', ...more, stack: 'error\n    at save (src/agreements/a.ts:1:2)' }, told);
}
const OPEN = {
  schema: 'public',
  table: 'agreements',
  constraint: 'agreements_sum',
  statement: 'INSERT INTO agreements',
};

describe('a fault', () => {
  it('is described to the log for whom the log names, without any value', () => {
    for (const role of ['FUNDER', 'STEWARD', 'ANALYST', 'SYSTEM'] as const) {
      const { schema: _, ...described } = OPEN;
      expect(faultOf(broken(OPEN), role)).toEqual({
        name: 'error',
        message: 'SQLSTATE 23514',
        code: '23514',
        ...described,
        stack: ['at save (src/agreements/a.ts:1:2)'],
      });
    }
  });

  it('is its kind and its code for a grantee, for the public, and for whom nobody knows', () => {
    for (const role of ['GRANTEE', 'PUBLIC', 'SEALER', undefined] as const) {
      expect(faultOf(broken(OPEN), role)).toEqual({ name: 'Error', code: '23514' });
      expect(faultOf(new TypeError(TEXT), role)).toEqual({ name: 'TypeError' });
      expect(faultOf(TEXT, role)).toEqual({ name: 'Error' });
    }
  });

  it.each<[string, object]>([
    ['the schema', { schema: 'obstacles' }],
    ['the statement', { statement: 'SELECT FROM obstacles.entries' }],
    [
      'a constraint that is raised without its schema',
      { schema: undefined, table: undefined, constraint: 'entries_counted_once' },
    ],
    ['the stack', { stack: 'error\n    at log (/app/dist/src/obstacles/log/obstacle-log.service.js:1:2)' }],
  ])('names no obstacle, whoever calls: %s', (_, told) => {
    expect(faultOf(broken({ ...OPEN, ...told }), 'STEWARD')).toEqual({ name: 'Error', code: '23514' });
  });

  it('takes nothing for a code or a name that is a text of somebody', () => {
    const odd = Object.assign(new Error(TEXT), { code: TEXT, name: TEXT });
    expect(plainFault(odd)).toEqual({ name: 'Error' });
    expect(plainFault(Object.assign(new RangeError(TEXT), { code: 'ERR_OUT_OF_RANGE' }))).toEqual({
      name: 'RangeError',
      code: 'ERR_OUT_OF_RANGE',
    });
  });
});

it.each(['throw error', 'Promise.reject(error)'])('that nobody caught ends the process in one line: %s', (end) => {
  const folder = mkdtempSync(join(tmpdir(), 'goodfaith-unhandled-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    for (const name of ['fault', 'unhandled']) {
      const { code } = transformFileSync(`src/platform/errors/${name}.ts`, { swcrc: true, sourceMaps: false });
      writeFileSync(join(folder, `${name}.js`), code);
    }
    const main = `import { endOnUnhandledFaults } from './unhandled.js';
      endOnUnhandledFaults();
      const error = Object.assign(new Error('${TEXT}'), { code: '23514', detail: '${TEXT}', table: 'entries' });
      setTimeout(() => { ${end}; }, 1);
      setInterval(() => undefined, 1000);`;
    writeFileSync(join(folder, 'main.js'), main);
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'main.js')], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([1, '']);
    expect(JSON.parse(stderr)).toEqual({
      level: 60,
      time: expect.any(Number),
      msg: 'unhandled',
      fault: { name: 'Error', code: '23514' },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
