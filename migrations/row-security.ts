/** Small writers of row security SQL, so that each table's rules read as a table. */

/** The caller's organizations, computed once per statement (a scalar sub-select becomes an InitPlan). */
export const TENANT = '((SELECT tenant())::uuid[])';

type Command = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';
export type DatabaseRole =
  'funder' | 'grantee' | 'steward' | 'analyst' | 'public' | 'worker' | 'sealer' | 'doctor' | 'keeper';

/** One right of one role: the grant and the policy together, since either alone is a mistake. Policies hold no OR. */
export function allow(role: DatabaseRole, command: Command, table: string, rule: string, columns?: string): string {
  const clause = {
    SELECT: `USING (${rule})`,
    DELETE: `USING (${rule})`,
    INSERT: `WITH CHECK (${rule})`,
    UPDATE: `USING (${rule}) WITH CHECK (${rule})`,
  }[command];
  const name = `${role}_${command.toLowerCase()}`;
  return `GRANT ${command}${columns ? ` (${columns})` : ''} ON ${table} TO goodfaith_${role};
    CREATE POLICY ${name} ON ${table} FOR ${command} TO goodfaith_${role} ${clause};`;
}

/** Row security that also binds the table's owner, and the doctor, who may read all and change nothing. */
export function secure(table: string): string {
  return `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    ${allow('doctor', 'SELECT', table, 'true')}`;
}

/**
 * Hands a SECURITY DEFINER function to a role that has just the rights it needs: under FORCE ROW LEVEL SECURITY the
 * owner of the tables could not run it. The caller of the function is named, nobody else may execute it.
 */
export function ownedBy(role: DatabaseRole, signature: string, ...callers: string[]): string {
  return `GRANT CREATE ON SCHEMA public TO goodfaith_${role};
    ALTER FUNCTION ${signature} OWNER TO goodfaith_${role};
    REVOKE CREATE ON SCHEMA public FROM goodfaith_${role};
    REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION ${signature} TO ${callers.join(', ')};`;
}
