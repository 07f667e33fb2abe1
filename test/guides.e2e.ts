import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { freePorts } from './support/debian-postgres.js';
import type { Walk } from './support/walked-page.js';
import { blocksOf, linkCheckout, printedBy, walk } from './support/walked-page.js';

/** The page of a foundation and that of a portal, followed in one shell against the demo, in TypeScript, Python and curl. */
const FOUNDATION = blocksOf('docs/foundations.md');
const PORTAL = blocksOf('docs/portals.md');
/** As Ctrl-C does: the demo stops its database. */
const STOP = 'kill -INT %1\nwait %1 || true\n';
const BLOCKS = [...FOUNDATION, ...PORTAL, STOP];

let folder: string;
let walked: Walk;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'goodfaith-guides-'));
  // As root, the PostgreSQL of the demo runs as another account, which must get in.
  chmodSync(folder, 0o755);
  linkCheckout(folder, ['package.json', 'tsconfig.json', 'node_modules', 'scripts', 'dist', 'examples']);
  const [port] = await freePorts(1);
  const { PATH, HOME = folder } = process.env;
  walked = await walk(BLOCKS, folder, { PATH, HOME, TMPDIR: tmpdir(), PORT: String(port), HOST: '127.0.0.1' });
}, 280_000);
afterAll(() => {
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const printed = (words: string): string => printedBy(walked, BLOCKS, words);
const AGREEMENT = 'agr_[0-9a-f]{32}';

describe('docs/foundations.md, followed to the letter', () => {
  it('works from the first block to the last', () => {
    expect(walked.code === 0 ? '' : walked.output).toBe('');
    expect(FOUNDATION.length).toBeGreaterThan(9);
  });

  it('registers the foundation, and leads from its id to that of the funder', () => {
    expect(printed('register-saltmarsh')).toMatch(/^org_([0-9a-f]{32}) is fun_\1$/m);
    expect(JSON.parse(printed('rotateApiKey'))).toMatchObject({
      extensions: { cost: expect.anything() },
      data: {
        viewer: { role: 'FUNDER', organization: { name: 'Saltmarsh Fund' }, asFunder: { id: expect.any(String) } },
      },
    });
  });

  it('makes one group and one agreement, however often it is run', () => {
    expect(printed('foundation.ts invite')).toMatch(/^gte_[0-9a-f]{32} invited-before$/m);
    expect(printed('foundation.ts offer')).toMatch(new RegExp(`^${AGREEMENT} OFFERED$`, 'm'));
    expect(printed('portal.sh accept "$OFFERED"')).toBe('ACTIVE\n');
  });

  it('pays once, and counts what the group says has arrived', () => {
    const [first, ...rest] = printed('foundation.ts pay').trim().split('\n');
    expect(first).toMatch(/^sent: 6000\.00 EUR to Tổ thuyền Hương Khê, due \d{4}-\d\d-\d\d$/);
    expect(rest[0]).toBe('RECEIVED 6000.00 EUR');
    expect(JSON.parse(rest[1])).toMatchObject({
      data: {
        agreement: {
          sentTotal: { amount: '6000.00' },
          receivedTotals: [{ amount: '6000.00', currency: 'EUR' }],
          surplusTotals: [],
        },
      },
    });
  });

  it('reads the report and answers it once', () => {
    const told = printed('foundation.py reports');
    expect(told).toMatch(/^rep_[0-9a-f]{32} answered by \d{4}-\d\d-\d\d$/m);
    expect(told).toMatch(/^shr_[0-9a-f]{32} \d{4}-\d\d-\d\d Tổ thuyền Hương Khê\n {2}.* We mended both boats\.$/m);
    expect(told.match(/^answered shr_/gm)).toHaveLength(2);
  });

  it('extends the term at once', () => {
    expect(printed('foundation.py extend')).toMatch(/^ACCEPTED \d{4}-\d\d-\d\d revision 2$/m);
  });

  it('follows the feed from where it was', () => {
    const lines = printed('foundation.ts follow').trim().split('\n');
    const types = lines.map((line) => line.split(' ')[1]);
    expect(new Set(lines).size).toBe(lines.length);
    for (const type of ['AGREEMENT_OFFERED', 'AGREEMENT_ACCEPTED', 'DISBURSEMENT_RECEIVED', 'REPORT_SHARED'])
      expect(types.filter((one) => one === type)).toHaveLength(1);
  });
});

describe('docs/portals.md, followed to the letter', () => {
  it('gets a key that only the group has seen, and does with it what a portal does', () => {
    expect(printed('TAKEN REVISION')).toMatch(new RegExp(`^${AGREEMENT} 1 12000\\.00 EUR\nACTIVE\n$`));
    expect(printed('portal.sh report "$TAKEN"')).toMatch(/^(rep_[0-9a-f]{32} answered by \d{4}-\d\d-\d\d)\n\1\n$/);
    expect(printed('phao')).toMatch(
      /^SUBMISSION_DIFFERS: .* kept; nothing was changed\.\nrep_[0-9a-f]{32} answered by /,
    );
    expect(printed('portal.sh obstacle "$TAKEN"')).toBe('AGGREGATE_ONLY LOGGED\n');
  });

  it('leaves no secret behind but in the files of the demo', () => {
    const secrets = walked.output.match(/gf_[0-9a-f]{32}_[\w-]{43}/g);
    expect(secrets).toBeNull();
  });
});

describe('the examples', () => {
  it('are all walked through, and need no package', () => {
    const names = readdirSync('examples').sort();
    expect(names).toEqual(['foundation.py', 'foundation.ts', 'portal.sh']);
    for (const name of names) expect(BLOCKS.join('\n')).toContain(`examples/${name}`);
    const imported = [...readFileSync('examples/foundation.ts', 'utf8').matchAll(/from '([^']+)'/g)].map(
      ([, from]) => from,
    );
    expect(imported.every((from) => from.startsWith('node:'))).toBe(true);
  });

  it('are TypeScript of which Node needs to take away the types alone, as it does from 22.18 on', () => {
    const options: ts.CompilerOptions = {
      ...{ noEmit: true, strict: true, erasableSyntaxOnly: true, types: ['node'], skipLibCheck: true },
      ...{ module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2023 },
    };
    const program = ts.createProgram(['examples/foundation.ts'], options);
    expect(ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText)).toEqual([]);
  });
});
