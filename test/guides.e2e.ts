import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { freePorts } from './support/debian-postgres.js';
import type { Walk } from './support/walked-page.js';
import { blocksOf, linkCheckout, printedBy, seenByGit, walk } from './support/walked-page.js';

/** The page of a foundation and that of a portal, followed in one shell against the demo, in TypeScript, Python and curl. */
const FOUNDATION = blocksOf('docs/foundations.md');
const PORTAL = blocksOf('docs/portals.md');
/** More than a page of offers, and then what a portal is refused: how it ends, and what it says on standard error. */
const OFFERS = `python3 - "$GRANTEE" <<'END'
import datetime, json, os, sys, urllib.request
def day(days): return (datetime.date.today() + datetime.timedelta(days)).isoformat()
def mutate(fields):
    request = urllib.request.Request(os.environ["GOODFAITH_URL"] + "/graphql", json.dumps({"query": "mutation { " + fields + " }"}).encode(),
        {"authorization": "Bearer " + os.environ["FUNDER_KEY"], "content-type": "application/json"})
    return json.load(urllib.request.urlopen(request))["data"].values()
terms = '{committed: {amount: "100.00", currency: "EUR"}, startsOn: "%s", endsOn: "%s", schedule: {firstDueOn: "%s", parts: 1, everyMonths: 12}}' % (day(0), day(300), day(9))
for _ in range(2):
    drafted = mutate(" ".join('a%d: draftAgreement(input: {granteeId: "%s", terms: %s}) { agreement { id version } userErrors { message } }' % (i, sys.argv[1], terms) for i in range(14)))
    mutate(" ".join('a%d: offerAgreement(input: {id: "%s", expectedVersion: %d}) { agreement { id } }' % (i, one["agreement"]["id"], one["agreement"]["version"]) for i, one in enumerate(drafted)))
END
bash examples/portal.sh offers | grep --count 'agr_.* 1 100.00 EUR'
`;
const NOBODY = `agr_${'0'.repeat(32)}`;
const REFUSED: readonly (readonly [call: string, code: number, told: RegExp])[] = [
  ['portal claim abc', 1, /^NOT_FOUND: /],
  [`portal claim 'a"b'`, 1, /^NOT_FOUND: /],
  ['GRANTEE_KEY= portal offers', 1, /^UNAUTHENTICATED: /],
  ['GRANTEE_KEY=gf_wrong portal offers', 1, /^UNAUTHENTICATED: /],
  ['GRANTEE_KEY=gf_wrong portal received', 1, /^UNAUTHENTICATED: /],
  [`portal accept ${NOBODY} 1`, 1, /^NOT_FOUND: /],
  ['portal accept agr_1 1', 1, /^[A-Z_]+: /],
  ['portal accept agr_1 first', 2, /^portal\.sh accept agr_… REVISION /],
  ['portal obstacle "$TAKEN" NO_SUCH_CODE words', 1, /^[A-Z_]+: /],
  ['portal obstacle "$TAKEN"', 2, /^portal\.sh obstacle agr_… CODE TEXT /],
  ['portal report "$TAKEN" nofile.txt', 1, /^There is no file nofile\.txt to read\.$/],
  [`portal report ${NOBODY} .goodfaith/unsent.txt`, 1, /^[A-Z_]+: /],
  ['portal claim', 2, /^portal\.sh claim TOKEN /],
  [
    'GOODFAITH_URL=http://localhost:1 GOODFAITH_RETRIES=0 portal offers',
    1,
    /^No answer from http:\/\/localhost:1 \(curl ends with 7\)\.$/,
  ],
  ['GOODFAITH_URL=$GOODFAITH_URL/nothing portal offers', 1, /^What answers at \S+ is not Goodfaith\.$/],
];
const REFUSALS = `portal() { bash examples/portal.sh "$@"; }
echo Words > .goodfaith/unsent.txt
${REFUSED.map(([call], i) => `code=0; told=$(${call} 2>&1) || code=$?; printf '== ${i} ends with %s\\n%s\\n' "$code" "$told"`).join('\n')}
`;
/** The first box again, while the demo still runs. */
const TAKEN_PORT = `mkdir second; code=0
(cd second; for name in package.json scripts dist node_modules; do ln -s "../$name"; done; set +e
${FOUNDATION[0].replace(/^export STEWARD_KEY.*$/m, '')}
) || code=$?
echo "ends with $code"
`;
/** As Ctrl-C does: the demo stops its database. */
const STOP = 'kill -INT %1\nwait %1 || true\n';
const LINKED = ['package.json', 'tsconfig.json', 'node_modules', 'scripts', 'dist', 'examples'];
const BLOCKS = [...FOUNDATION, ...PORTAL, OFFERS, REFUSALS, TAKEN_PORT, STOP];

let folder: string;
let walked: Walk;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'goodfaith-guides-'));
  // As root, the PostgreSQL of the demo runs as another account, which must get in.
  chmodSync(folder, 0o755);
  linkCheckout(folder, LINKED);
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

  it('shows every offer, page after page', () => {
    expect(printed('python3 - "$GRANTEE" <<\'END\'')).toBe('28\n');
  });

  it.each(REFUSED.map((refused, i) => [...refused, i] as const))(
    'is told in one line why it was refused: %s ends with %i',
    (_, code, told, i) => {
      const [, ended, said] = new RegExp(`^== ${i} ends with (\\d+)\n([\\s\\S]*?)\n(?:==|$)`, 'm').exec(
        printed('portal() {'),
      )!;
      expect([Number(ended), said]).toEqual([code, expect.stringMatching(told)]);
      expect(said.split('\n')).toHaveLength(1);
    },
  );

  it('keeps nothing of a file that is not there', () => {
    expect(existsSync(join(folder, 'nofile.txt.id'))).toBe(false);
  });

  it('leaves no secret behind but in the files of the demo', () => {
    const secrets = walked.output.match(/gf_[0-9a-f]{32}_[\w-]{43}/g);
    expect(secrets).toBeNull();
  });
});

describe('a checkout in which the guides were followed', () => {
  it('has nothing in it that git would take along', () => {
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['.goodfaith', 'demo.log']));
    expect(seenByGit(folder, [...LINKED, 'second'])).toEqual([]);
  });

  it('is told that another demo still runs, and waits no longer', () => {
    expect(printed('mkdir second')).toMatch(/^Port \d+ is taken: .*\nends with 1$/m);
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
