import usual from './jest.config.js';

/** `npm run test:statistics`: the long runs. A shorter form of each is in `npm test`. */
export default { ...usual, testRegex: '\\.statistics\\.ts$', testTimeout: 1_800_000, verbose: true };
