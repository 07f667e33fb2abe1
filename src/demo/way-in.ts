import type { Shown } from './demo-organizations.js';
import type { Narrator } from './narrator.js';

/** It has a name, so that it also runs when it is pasted below what GraphiQL begins with. */
const FIRST_QUERY = `query FirstLook {
  viewer { organization { name } }
  agreements(first: 5) {
    nodes {
      state committed { amount currency } funder { name }
      installments { number dueOn state isLate }
    }
  }
}`;

/** How to go on by hand: the address, the keys, and something to paste. */
export function showWayIn(say: Narrator, url: string, keys: Record<Shown, string>, keysFile: string): void {
  say.line();
  say.line('Now you. The service keeps running; Ctrl-C stops it.');
  say.line();
  say.line(`  GraphiQL, in a browser: ${url}/graphql`);
  say.line();
  say.line('  Paste into its tab "Headers" (here the grantee; any of the keys below will do):');
  say.line(`  {"authorization": "Bearer ${keys.grantee}"}`);
  say.line();
  say.line('  A first query:');
  for (const line of FIRST_QUERY.split('\n')) say.line(`  ${line}`);
  say.line();
  say.line(`  The keys, also in ${keysFile}:`);
  say.table(Object.entries(keys));
}
