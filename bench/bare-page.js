/**
 * The ceilings: bare node:http answering the page of agreements from one hand-written statement.
 *
 * `ceiling` knows who calls from a table in memory and reads as the superuser, so without row security. `secured`
 * looks the key up in the database, compares its digest, and reads in the caller's role with row security, in two
 * round trips. Neither parses GraphQL, seals cursors (they are given), measures cost, limits rates, or logs.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';
import { execute, statement } from '../dist/src/platform/db/transaction.js';

/** Texts put together by PostgreSQL exactly as the service writes them, so that the answers can be compared. */
const PAGE = `
  SELECT count(*) > 20 AS more, '[' || string_agg(row_to_json(page)::text, ',' ORDER BY place) FILTER (WHERE place <= 20) || ']' AS nodes
  FROM (SELECT row_number() OVER () AS place, listed.* FROM (
    SELECT a.* FROM agreements a WHERE a.funder_id = $1 ORDER BY a.created_at DESC, a.id DESC LIMIT 21) AS listed) AS a
  CROSS JOIN LATERAL (
    SELECT 'agr_' || replace(a.id::text, '-', '') AS id, a.state,
      (SELECT row_to_json(money) FROM (SELECT round(a.committed_minor / power(10::numeric, c.decimals), c.decimals)::text AS amount, a.currency AS currency) AS money) AS committed,
      a.starts_on AS "startsOn", a.ends_on AS "endsOn",
      (SELECT row_to_json(party) FROM (SELECT 'fun_' || replace(f.organization_id::text, '-', '') AS id, f.name AS name) AS party) AS funder,
      (SELECT row_to_json(party) FROM (SELECT 'gte_' || replace(g.organization_id::text, '-', '') AS id, g.name AS name) AS party) AS grantee,
      (SELECT ('[' || string_agg(row_to_json(part)::text, ',' ORDER BY part.number) || ']')::json FROM (
        SELECT i.number, i.due_on AS "dueOn",
          (SELECT row_to_json(money) FROM (SELECT round(i.amount_minor / power(10::numeric, d.decimals), d.decimals)::text AS amount, i.currency AS currency) AS money) AS amount,
          i.state
        FROM installments i JOIN currencies d ON d.code = i.currency WHERE i.agreement_id = a.id) AS part) AS installments
    FROM currencies c, funders f, grantees g
    WHERE c.code = a.currency AND f.organization_id = a.funder_id AND g.organization_id = a.grantee_id
  ) AS page`;

const FIND_KEY =
  'SELECT secret_digest, role, organization_id, organization_ids, lineage_id, expires_at, revoked_at FROM find_key($1)';
const CONTEXT = `SELECT set_config('role', $1, true), set_config('goodfaith.organization_ids', $2, true),
  set_config('goodfaith.lineage_id', $3, true), set_config('goodfaith.key_id', $4, true)`;

process.once('message', async (options) => {
  const { secured, ownerUrl, appUrl, poolSize, callers, extensions } = options;
  const pool = new pg.Pool({ connectionString: secured ? appUrl : ownerUrl, max: poolSize });
  const read = secured ? securedPage(pool) : barePage(pool, callers);
  const tail = `},"extensions":${extensions}}\n`;

  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', async () => {
      JSON.parse(Buffer.concat(chunks).toString());
      const token = request.headers.authorization.slice('Bearer '.length);
      const { nodes, more } = await read(token);
      const body = `{"data":{"agreements":{"nodes":${nodes},"pageInfo":{"hasNextPage":${more},"endCursor":"${callers[token].cursor}"}}${tail}`;
      response.writeHead(200, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(body),
      });
      response.end(body);
    });
  });
  // Its connections rest while the others take their turns.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
});
process.once('disconnect', () => process.exit());

function barePage(pool, callers) {
  return async (token) => {
    const { rows } = await pool.query({ name: 'page', text: PAGE, values: [callers[token].funderId] });
    return rows[0];
  };
}

function securedPage(pool) {
  return async (token) => {
    const [, hex, secret] = /^gf_([0-9a-f]{32})_(.{43})$/.exec(token);
    const { rows } = await pool.query({ name: 'key', text: FIND_KEY, values: [hex] });
    const [key] = rows;
    const digest = createHash('sha256').update(secret).digest();
    if (!timingSafeEqual(digest, key.secret_digest) || key.revoked_at || key.expires_at < new Date(0))
      throw new Error();
    const context = [`goodfaith_${key.role.toLowerCase()}`, `{${key.organization_ids}}`, key.lineage_id, hex];
    const client = await pool.connect();
    try {
      const results = await execute(client, [
        statement('any', CONTEXT, context),
        statement('page', PAGE, [key.organization_id]),
      ]);
      return results[1][0];
    } finally {
      client.release();
    }
  };
}
