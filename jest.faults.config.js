import usual from './jest.config.js';

/** `npm run test:faults`: the tests of faults alone, one after the other, with their figures. `npm test` runs their short form. */
export default {
  ...usual,
  roots: ['<rootDir>/test/faults'],
  // What needs root is by hand alone.
  testRegex: process.env.FAULTS === 'long' ? '\\.(e2e|long)\\.ts$' : '\\.e2e\\.ts$',
  testTimeout: 3_600_000,
  maxWorkers: 1,
  verbose: true,
};
