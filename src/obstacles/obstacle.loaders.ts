import type { LoaderDefinition } from '../platform/api/loader.js';
import type { Obstacle } from './obstacles.store.js';
import { obstaclesById } from './obstacles.store.js';

/** As the caller: a grantee its own, a funder its copies of what is shared with it, the steward all but AGGREGATE_ONLY. */
export const obstacleById: LoaderDefinition<string, Obstacle> = {
  name: 'obstacleById',
  load: async ({ actor, reader }, ids) => {
    const sql = obstaclesById(actor.role);
    const rows = sql === null ? [] : await reader.rows<Obstacle>(sql, [ids]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  },
};
