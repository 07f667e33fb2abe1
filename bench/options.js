import { parseArgs } from 'node:util';

export const SCENARIOS = ['start', 'page', 'depth', 'half-load', 'submit', 'reports', 'memory'];

const HELP = `npm run bench [-- options]

Starts the built service on an embedded PostgreSQL with 100 funders, 10,000 grantees, 100,000 agreements and 300,000
installments (made once, kept in .goodfaith-bench), and measures it beside bare servers that answer the same bytes.

  --quick             2 seconds for each measurement instead of 8
  --seconds <n>       that many seconds for each measurement
  --only <names>      only these scenarios, separated by commas: ${SCENARIOS.join(', ')}
  --connections <n>   connections of the load generator and of the bare servers' clients (16)
  --profile <folder>  writes a CPU profile of the service there (its figures are then lower)
  --rebuild           makes the data again
  --help              this text

Prints a table and writes bench/results.json. Nothing is downloaded.`;

const OPTIONS = {
  quick: { type: 'boolean', default: false },
  seconds: { type: 'string' },
  only: { type: 'string' },
  connections: { type: 'string', default: '16' },
  profile: { type: 'string' },
  rebuild: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

export function readOptions(args) {
  const values = valuesOf(args);
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  const only = values.only?.split(',') ?? SCENARIOS;
  const unknown = only.find((name) => !SCENARIOS.includes(name));
  if (unknown) endWith(`There is no scenario "${unknown}", only: ${SCENARIOS.join(', ')}.`);
  const seconds = Number(values.seconds ?? (values.quick ? 2 : 8));
  return {
    only: new Set(only),
    seconds,
    warmUp: Math.min(3, seconds),
    /** Contenders take turns this often, so that what else the machine does meets them alike. */
    rounds: values.quick ? 2 : 4,
    connections: Number(values.connections),
    profile: values.profile,
    rebuild: values.rebuild,
  };
}

function valuesOf(args) {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    return endWith(error.message);
  }
}

/** A mistake of the person at the keyboard: the reason, and no stack. */
function endWith(reason) {
  console.error(`${reason}\nAdd --help to see what it takes.`);
  process.exit(1);
}
