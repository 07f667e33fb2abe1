import type { MigrationInterface, QueryRunner } from 'typeorm';
import { allow, ownedBy } from './row-security.js';

/** Searching what was told: by words without their marks, in the copies a funder was given and in a grantee's own reports. */
export class ReportSearch1790000000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(WORDS);
    await runner.query(KEEPING);
    await runner.query(SEARCHING);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION search_report_shares(text), search_narrative_reports(text);
      ${TABLES.map(
        ({ table, columns }) => `
        DROP POLICY keeper_select ON ${table};
        REVOKE SELECT (${columns}) ON ${table} FROM goodfaith_keeper;
        DROP TRIGGER words ON ${table};
        DROP INDEX ${table}_words;
        ALTER TABLE ${table} DROP COLUMN words;`,
      ).join('')}
      DROP FUNCTION narrative_reports_keep_words(), report_shares_keep_words(), report_words(jsonb, jsonb, jsonb),
        search_terms(text), loose_terms(tsquery), spaced_text(text), fold_text(text);
    `);
  }
}

/**
 * One spelling for all who look for it: no case and no marks over, under or through Latin letters, so that "lu lut" and
 * "lũ lụt" are one. Scripts written without spaces are indexed letter by letter and found as phrases.
 */
const UNSPACED = String.raw`\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u2E80-\u9FFF\uF900-\uFAFF`;
const WORDS = String.raw`
  CREATE FUNCTION fold_text(source text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT lower(translate(normalize(regexp_replace(normalize(source, NFD), '[\u0300-\u036F]', '', 'g'), NFC),
      'đĐðÐłŁøØħĦıŧŦ', 'ddddlloohhitt')) $$;
  CREATE FUNCTION spaced_text(source text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(source, '([${UNSPACED}])', ' \1 ', 'g') $$;

  -- A text may be longer than an index of words can be; what is found then is its beginning.
  CREATE FUNCTION report_words(sections jsonb, conversation jsonb, links jsonb) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('simple', left(spaced_text(fold_text(concat_ws(E'\n',
      (SELECT string_agg(s ->> 'text', E'\n') FROM jsonb_array_elements(CASE jsonb_typeof(sections) WHEN 'array' THEN sections END) AS s),
      conversation ->> 'notes',
      (SELECT string_agg(l ->> 'label', E'\n') FROM jsonb_array_elements(CASE jsonb_typeof(links) WHEN 'array' THEN links END) AS l)))), 250000)) $$;

  -- What somebody typed, as search engines read it: words, "phrases", OR, and - before what must not be there.
  CREATE FUNCTION search_terms(query text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT websearch_to_tsquery('simple', spaced_text(regexp_replace(fold_text(query), '([${UNSPACED}]{2,})', '"\1"', 'g'))) $$;
  -- Words of four letters and more also find longer ones that begin with them: "flood" finds "floods".
  CREATE FUNCTION loose_terms(terms tsquery) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN terms::text ~ '''''|\\' THEN terms
      ELSE regexp_replace(terms::text, '''([^'' &|!<>()]{4,})''', '''\1'':*', 'g')::tsquery END $$;
`;

/** The words are kept by the table itself, from the same columns that are read. */
const TABLES = [
  {
    table: 'narrative_reports',
    columns: 'id, organization_id, words',
    from: 'NEW.sections, NEW.conversation, NEW.links',
    told: 'sections, conversation, links',
  },
  {
    table: 'report_shares',
    columns: 'id, funder_id, unshared_at, words',
    from: `NEW.content -> 'sections', NEW.content -> 'conversation', NEW.content -> 'links'`,
    told: 'content',
  },
];
const KEEPING = TABLES.map(
  ({ table, from, told, columns }) => `
  ALTER TABLE ${table} ADD COLUMN words tsvector;
  CREATE FUNCTION ${table}_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.words := report_words(${from}); RETURN NEW; END $$;
  CREATE TRIGGER words BEFORE INSERT OR UPDATE OF ${told} ON ${table} FOR EACH ROW EXECUTE FUNCTION ${table}_keep_words();
  ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY;
  UPDATE ${table} SET words = report_words(${from.replaceAll('NEW.', '')});
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE INDEX ${table}_words ON ${table} USING gin (words);
  ${allow('keeper', 'SELECT', table, 'true', columns)}
`,
).join('');

/**
 * Under row security a search cannot use its index, since matching is not leakproof. So each side has a function that runs
 * as a role which may read words and nothing of the texts, takes the tenant from the context, and answers ids alone. Exact
 * words weigh twice; what is alike comes newest first.
 */
const MOST_FOUND = 1000;
const search = (name: string, table: string, mine: string): string => `
  CREATE FUNCTION ${name}(query text) RETURNS TABLE (id uuid, rank bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT x.id, (1000000 * (ts_rank(x.words, search_terms(query), 1) + ts_rank(x.words, loose_terms(search_terms(query)), 1)))::bigint
    FROM ${table} x WHERE ${mine} AND x.words @@ loose_terms(search_terms(query))
    ORDER BY 2 DESC, 1 DESC LIMIT ${MOST_FOUND} $$;`;
const SEARCHING = `
  ${search('search_report_shares', 'report_shares', 'x.funder_id = ANY ((SELECT tenant())::uuid[]) AND x.unshared_at IS NULL')}
  ${ownedBy('keeper', 'search_report_shares(text)', 'goodfaith_funder')}
  ${search('search_narrative_reports', 'narrative_reports', 'x.organization_id = ANY ((SELECT tenant())::uuid[])')}
  ${ownedBy('keeper', 'search_narrative_reports(text)', 'goodfaith_grantee')}
`;
