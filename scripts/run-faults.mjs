// Runs the tests of faults and prints their figures: npm run test:faults [-- [--long] [test path pattern ...]]
import { spawnSync } from 'node:child_process';

const given = process.argv.slice(2);
const form = given.includes('--long') ? 'long' : (process.env.FAULTS ?? 'short');
const jest = ['node_modules/jest/bin/jest.js', '--config', 'jest.faults.config.js'];
const options = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const { status } = spawnSync(process.execPath, [...options, ...jest, ...given.filter((each) => each !== '--long')], {
  stdio: 'inherit',
  env: { ...process.env, FAULTS: form },
});
process.exit(status ?? 1);
