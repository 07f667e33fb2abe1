/** What is there and not registered. */
export const unregistered = (found: readonly string[], registered: readonly string[]): string[] =>
  found.filter((each) => !registered.includes(each)).sort();

/** Fails in words when something is there that is not registered, or registered and no longer there. */
export function expectRegistered(kind: string, found: readonly string[], registered: readonly string[]): void {
  const added = unregistered(found, registered);
  const gone = unregistered(registered, found);
  if (added.length === 0 && gone.length === 0) return;
  const said = [];
  if (added.length > 0) {
    said.push(
      `These ${kind} are not registered as ways out of the service:\n  ${added.join('\n  ')}`,
      'Ask for each: who can see it, and would it be the same if a grantee had logged nothing? Then add it to test/privacy/registered.ts',
      '(of the database: registered-data.ts). If it leaves by a way that test/privacy/ways-out.ts does not have, add the way there with its',
      'observers and its capture, and plant a leak in it in test/privacy/planted-leaks.e2e.ts.',
    );
  }
  if (gone.length > 0)
    said.push(`These ${kind} are registered and no longer there; take them out:\n  ${gone.join('\n  ')}`);
  throw new Error(said.join('\n'));
}
