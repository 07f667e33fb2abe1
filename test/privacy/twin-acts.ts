import { expect } from '@jest/globals';
import { upload } from '../support/attachment-scenes.js';
import type { Twins } from '../support/twins.js';
import { mutation } from '../support/twins.js';

const both = (twins: Twins) => [twins.first, twins.second];

/** A draft with a picture, so that the file store holds something. */
export async function attachPicture(twins: Twins, key: string): Promise<void> {
  const drafted = await twins.loud(key, 'draftReport', {}, 'narrativeReport { id }');
  const { id } = (drafted.data as { draftReport: { narrativeReport: { id: string } } }).draftReport.narrativeReport;
  const [one, other] = await Promise.all(both(twins).map((twin) => upload(twin, key, id)));
  expect([one.status, other.status]).toEqual([201, 201]);
}

/** All that the feed holds for these callers, page after page. */
export async function readFeeds(twins: Twins, callers: readonly (string | null)[]): Promise<void> {
  const selection =
    '{ edges { cursor node { id type at subjectId actorOrganizationId } } pageInfo { hasNextPage endCursor } }';
  const query = `query ($after: String) { events(first: 100, after: $after) ${selection} }`;
  for (const key of callers) {
    let after: string | null = null;
    do {
      const [one, other] = await Promise.all(both(twins).map((twin) => twin.call(key, query, { after })));
      twins.compare(key, { events: after }, one, other, 'feeds');
      const { pageInfo } = (one.data as { events: { pageInfo: { hasNextPage: boolean; endCursor: string } } }).events;
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
  }
}

/** What the clock would begin. */
export async function runAllTasks(twins: Twins): Promise<void> {
  for (const task of twins.first.tasks) {
    await Promise.all(both(twins).map((twin) => twin.runScheduled(task)));
    await Promise.all(both(twins).map((twin) => twin.call(twin.keys.steward, '{ events { nodes { id } } }')));
  }
}

/** The database fails at what is hidden in the first twin, and at something open in the second. */
export async function failHidden(twins: Twins, obstacleId: string): Promise<void> {
  const breaking = (table: string): string =>
    `CREATE FUNCTION watched.broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken on purpose'; END $$;
     CREATE TRIGGER broken BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION watched.broken()`;
  await twins.first.sql(breaking('obstacles.entries'));
  await twins.second.sql(breaking('narrative_reports'));
  const { grantee } = twins.first.keys;
  const resolving = { id: obstacleId, expectedVersion: 2 };
  const answers = await Promise.all([
    twins.first.call(grantee, mutation('resolveObstacle', '__typename'), { input: resolving }),
    twins.second.call(grantee, mutation('draftReport', '__typename'), { input: {} }),
  ]);
  for (const { errors } of answers) expect(errors?.[0].extensions.code).toBe('INTERNAL_ERROR');
}
