import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Advisory locks that functions take, as a hash of a text and as the class of `src/platform/db/advisory-locks.ts`. */
const LOCKS = [
  [`hashtextextended('goodfaith.seal_events', 0)`, '7302, 0'],
  [`hashtextextended('goodfaith.obstacle_release', 0)`, '7303, 0'],
] as const;

/**
 * One-integer locks of clients' idempotency keys and those of the service's own shared one space, so that a client's text
 * could name the lock that logging takes. The bodies are changed where they are: an earlier migration wrote them.
 */
export class ClassesOfLocks1790000000034 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [hashed, classed] of LOCKS) await runner.query(inFunctions(hashed, classed));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [hashed, classed] of LOCKS) await runner.query(inFunctions(classed, hashed));
  }
}

function inFunctions(from: string, to: string): string {
  return `DO $do$
    DECLARE changed text;
    BEGIN
      FOR changed IN
        SELECT replace(pg_get_functiondef(p.oid), $from$(${from})$from$, $to$(${to})$to$)
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname IN ('public', 'obstacles') AND strpos(p.prosrc, $from$(${from})$from$) > 0 AND p.prosrc LIKE '%advisory%'
      LOOP EXECUTE changed; END LOOP;
    END $do$`;
}
