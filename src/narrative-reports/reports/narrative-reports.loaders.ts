import type { LoaderDefinition } from '../../platform/api/loader.js';
import { loadByKey } from '../../platform/api/loader.js';
import type { NarrativeReport } from './narrative-report.entity.js';
import { REPORTS_BY_ID } from './narrative-reports.store.js';

const ofGrantee = loadByKey<NarrativeReport>('reportById', REPORTS_BY_ID, 'id');

/** Reports are their grantee's alone; nobody else's database role could even ask. */
export const reportById: LoaderDefinition<string, NarrativeReport> = {
  ...ofGrantee,
  load: (context, ids) =>
    context.actor.role === 'GRANTEE' ? ofGrantee.load(context, ids) : Promise.resolve(ids.map(() => null)),
};
