import type { LoaderDefinition } from '../../platform/api/loader.js';
import { loadByKey } from '../../platform/api/loader.js';
import type { NetworkRow } from './network.entity.js';
import { NETWORKS_BY_ID, readNetwork } from './stewardship.store.js';

export const networkById = loadByKey<NetworkRow>('networkById', NETWORKS_BY_ID, 'id');

/** The one that there is, for who knows no id of it. */
export const theNetwork: LoaderDefinition<'only', NetworkRow> = {
  name: 'theNetwork',
  load: async ({ reader }, keys) => {
    const network = await readNetwork(reader);
    return keys.map(() => network);
  },
};
