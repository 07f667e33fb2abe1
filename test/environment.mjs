import { TestEnvironment } from 'jest-environment-node';

/** A hook starts a whole network: on a machine whose cores are busy that takes longer than any test may. */
const HOOK_MS = 180_000;

/**
 * Where tests run: Node, with a limit for hooks that is not that of tests, and with one report of what broke. When what all
 * tests of a file need could not be set up, the first of them says why, and the others say so in one line.
 */
export default class Environment extends TestEnvironment {
  #isWithoutSetUp = false;

  handleTestEvent(event, state) {
    if (event.name === 'add_hook') giveTime(state.currentDescribeBlock.hooks.at(-1));
    if (event.name !== 'hook_failure') return;
    if (event.hook.type === 'beforeAll') {
      this.#isWithoutSetUp = true;
      tellOnce(event);
    }
    // What was not set up cannot be taken down: that says nothing more.
    if (event.hook.type === 'afterAll' && this.#isWithoutSetUp) state.unhandledErrors.pop();
  }
}

function giveTime(hook) {
  hook.timeout ??= HOOK_MS;
}

function tellOnce({ describeBlock, error }) {
  const [first, ...others] = testsOf(describeBlock);
  if (!first) return;
  const [line] = String(error?.message ?? error).split('\n');
  for (const { errors } of others) {
    const short = new Error(`not run, since the set-up failed: ${line}`);
    short.stack = short.message;
    errors[errors.length - 1] = [short, undefined];
  }
}

function testsOf(block) {
  return block.children.flatMap((child) => (child.type === 'describeBlock' ? testsOf(child) : [child]));
}
