import TestSequencer from '@jest/test-sequencer';

/** What takes a minute or more, the longest first. Begun last, each would keep one worker alone busy at the end. */
const LONGEST = ['agreement-model', 'plans', 'non-interference', 'operating', 'faults/two-nodes', 'steward-said'].map(
  (name) => `/test/${name}.e2e.ts`,
);

const rank = ({ path }) => {
  const at = LONGEST.findIndex((ending) => path.endsWith(ending));
  return at < 0 ? LONGEST.length : at;
};

/** Jest's order, which is by size in a fresh clone, but for those that are known to take long. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
}
