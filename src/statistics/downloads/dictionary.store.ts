import type { Reader } from '../../platform/db/reader.js';

interface Labels {
  readonly code: string;
  readonly labelEn: string;
  readonly labelVi: string;
}
export interface ListedCategory extends Labels {
  /** The obstacle codes that it is made of. */
  readonly obstacleCodes: readonly string[];
}
export interface ListedRegion extends Labels {
  /** ISO 3166-1, two letters. */
  readonly countries: readonly string[];
}

/** In the order of charts. */
export function listCategories(reader: Reader): Promise<ListedCategory[]> {
  return reader.rows<ListedCategory>(
    `SELECT g.category AS "code", g.label_en AS "labelEn", g.label_vi AS "labelVi",
       ARRAY(SELECT DISTINCT c.code FROM obstacles.codes c WHERE c.category = g.category ORDER BY c.code) AS "obstacleCodes"
     FROM obstacles.categories g ORDER BY g.place`,
  );
}

export function listRegions(reader: Reader): Promise<ListedRegion[]> {
  return reader.rows<ListedRegion>(
    `SELECT r.code AS "code", r.label_en AS "labelEn", r.label_vi AS "labelVi",
       ARRAY(SELECT c.country FROM statistics.region_countries c WHERE c.region = r.code ORDER BY c.country) AS "countries"
     FROM statistics.regions r ORDER BY r.code`,
  );
}
