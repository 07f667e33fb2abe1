import { keys } from '../data.js';
import { graphqlRequest, Load, measured } from '../load.js';
import { FIELDS } from './page.js';

const DEPTH = 50_000;
const STRIDE = 100;
const WARM_UP = 400;

/** The steward's list, at its first page and 50,000 rows further on: a page costs the same wherever it lies. */
export async function measureDepth({ service, options }) {
  const { token } = keys().steward;
  const load = new Load(service.port, 1);
  await load.open();
  const [connection] = load.connections;
  const walk = `query ($after: String) { agreements(first: ${STRIDE}, after: $after) { pageInfo { hasNextPage endCursor } } }`;
  let after = null;
  for (let row = 0; row < DEPTH; row += STRIDE) {
    const { body } = await connection.send(graphqlRequest(token, walk, { after }));
    const { data, errors } = JSON.parse(body.toString());
    if (errors || !data.agreements.pageInfo.hasNextPage) throw new Error(`The walk ended at ${row}: ${body}`);
    after = data.agreements.pageInfo.endCursor;
  }
  const query = `query ($after: String) { agreements(first: 20, after: $after) { ${FIELDS} } }`;
  const requests = [graphqlRequest(token, query, {}), graphqlRequest(token, query, { after })];
  const times = [[], []];
  let until = Infinity;
  for (let turn = -WARM_UP; performance.now() < until; turn++) {
    if (turn === 0) until = performance.now() + options.seconds * 1000;
    const sent = performance.now();
    const { status, body } = await connection.send(requests[Math.abs(turn) % 2]);
    if (turn >= 0) times[turn % 2].push(performance.now() - sent);
    if (status !== 200 || body.length < 2_000) throw new Error(`A page went wrong: ${body}`);
  }
  load.close();
  const [first, deep] = times.map((each) => measured(each, 1));
  return { first, deep, ratio: deep.p50 / first.p50 };
}
