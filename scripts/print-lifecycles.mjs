// Writes docs/lifecycles.md from the tables that the service decides by; with --check, fails when it is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AGREEMENT_COMMANDS } from '../dist/src/agreements/agreement.lifecycle.js';
import { AMENDMENT_COMMANDS } from '../dist/src/agreements/amendments/amendment.lifecycle.js';
import { DISSOLUTION_COMMANDS } from '../dist/src/agreements/dissolution/dissolution.lifecycle.js';
import { DISBURSEMENT_COMMANDS } from '../dist/src/agreements/payments/disbursement.lifecycle.js';
import { REPORT_TRANSITIONS } from '../dist/src/narrative-reports/reports/narrative-report.lifecycle.js';
import { OBSTACLE_COMMANDS } from '../dist/src/obstacles/obstacle.lifecycle.js';

const FILE = join(import.meta.dirname, '..', 'docs', 'lifecycles.md');

/** Rows of `{ name, by, from, to, does, operation }`; `to` is null where the state stays, `[*]` where the thing goes. */
const rowsOf = (commands, goal = ({ to }) => to) =>
  Object.entries(commands).map(([name, rule]) => ({ name, ...rule, to: rule.removes ? '[*]' : goal(rule) }));

const obstacle = (goal, states) =>
  rowsOf(OBSTACLE_COMMANDS, goal)
    .filter(({ to }) => to !== null)
    .map((row) => ({ ...row, from: row.from.filter((state) => states.includes(state)) }));

const report = Object.entries(REPORT_TRANSITIONS).map(([operation, { from, to }]) => ({
  name: operation,
  by: 'GRANTEE',
  from: [from],
  to: to ?? '[*]',
  does: null,
  operation,
}));

const text = `# Lifecycles

Printed by \`npm run docs:emit\` from the tables in \`src/**/*.lifecycle.ts\` that the service decides by. Do not edit it here.

${section('Grant agreement', 'DRAFT', rowsOf(AGREEMENT_COMMANDS), '`CONSENT` is both parties by an accepted amendment; `EITHER` is the funder or the grantee; `GRANTEE_SIDE` the grantee or the fiscal sponsor of a sponsored project; `SYSTEM` is a job that finds a fact. Imported history is `RECORDED` from the start and stays so.')}
${section('Amendment', 'PROPOSED', rowsOf(AMENDMENT_COMMANDS), 'What is good for the grantee is `ACCEPTED` as soon as the funder proposes it. `OTHER_PARTY` is each whose consent it takes: the funder or the grantee, beside them the fiscal sponsor for what is adverse, and the new sponsor for `CHANGE_SPONSOR`. What is accepted for a later day waits; `SYSTEM` is the day that comes.')}
${section('Dissolution', 'ANNOUNCED', rowsOf(DISSOLUTION_COMMANDS), 'A party no longer exists. The agreement goes on until it is recorded, and is `RELEASED` then.')}
${section('Disbursement', 'SENT', rowsOf(DISBURSEMENT_COMMANDS), 'The funder says that money was sent; it has arrived when the `RECEIVER` says so: the grantee, or the fiscal sponsor of a sponsored project.')}
${section('Narrative report', 'DRAFT', report, 'It belongs to the grantee alone. There is no approval, and there must not be one.')}
${section(
  'Obstacle, shared',
  'OPEN',
  obstacle(({ to }) => to, ['OPEN', 'ACKNOWLEDGED', 'ANSWERED', 'RESOLVED']),
  'Only the grantee resolves.',
)}
${section(
  'Obstacle, hidden from the funder',
  'LOGGED',
  obstacle(({ toHidden }) => toHidden, ['LOGGED', 'RESOLVED']),
  'Nothing is asked of a funder that cannot see it.',
)}`;

function section(title, start, rows, remark) {
  const arrows = rows.flatMap(({ name, by, from, to }) =>
    from.filter((state) => to !== null && to !== state).map((state) => `  ${state} --> ${to}: ${name} (${by})`),
  );
  const table = rows.map(
    ({ name, by, from, to, does, operation }) =>
      `| ${name} | ${by} | ${from.join(', ')} | ${to ?? 'stays'} | ${does ?? ''} | ${operation ? `\`${operation}\`` : ''} |`,
  );
  return `## ${title}

${remark}

\`\`\`mermaid
stateDiagram-v2
  [*] --> ${start}
${arrows.join('\n')}
\`\`\`

| command | who | from | to | what it does | mutation |
|---|---|---|---|---|---|
${table.join('\n')}
`;
}

const fresh = text.replaceAll('| [*] |', '| (gone) |');
if (!process.argv.includes('--check')) {
  writeFileSync(FILE, fresh);
} else if (read() !== fresh) {
  console.error('docs/lifecycles.md is not up to date: run "npm run docs:emit" and commit the result.');
  process.exit(1);
}

function read() {
  try {
    return readFileSync(FILE, 'utf8');
  } catch {
    return null;
  }
}
