import { contest } from '../contest.js';
import { keys } from '../data.js';
import { countStatements } from '../database.js';
import { graphqlRequest, Load } from '../load.js';
import { startBare } from '../processes.js';

export const FIELDS = `nodes { id state committed { amount currency } startsOn endsOn funder { id name } grantee { id name }
  installments { number dueOn amount { amount currency } state } } pageInfo { hasNextPage endCursor }`;
const QUERY = `{ agreements(first: 20) { ${FIELDS} } }`;
const POOL_SIZE = 10;
const COUNTED = 50;

/** The page of agreements, as funders call it, beside bare servers that answer the same bytes. */
export async function measurePage({ service, database, options }) {
  const callers = keys().funders.slice(0, options.connections);
  const requests = callers.map(({ token }) => graphqlRequest(token, QUERY));
  const expected = await ask(service.port, requests);
  const known = {};
  for (const [i, { token }] of callers.entries()) {
    const { data, errors } = JSON.parse(expected[i]);
    if (errors || data.agreements.nodes.length !== 20)
      throw new Error(`A page went wrong: ${expected[i].slice(0, 500)}`);
    const { nodes, pageInfo } = data.agreements;
    const hex = nodes[0].funder.id.slice('fun_'.length);
    known[token] = { cursor: pageInfo.endCursor, funderId: hex };
  }
  const { extensions } = JSON.parse(expected[0]);
  const bare = [];
  for (const [name, secured] of [
    ['ceiling', false],
    ['secured ceiling', true],
  ]) {
    const { ownerUrl, appUrl } = database;
    const shared = { ownerUrl, appUrl, poolSize: POOL_SIZE, callers: known, extensions: JSON.stringify(extensions) };
    bare.push(await startBare('bare-page.js', { name, secured, ...shared }));
  }
  try {
    const contenders = [service, ...bare];
    const sameBytes = [];
    for (const contender of bare)
      sameBytes.push(compare(expected, await ask(contender.port, requests), contender.name));
    const lengths = expected.map((text) => Buffer.byteLength(text));
    for (const contender of contenders) {
      contender.requestOf = (connection) => requests[connection % requests.length];
      contender.check = ({ status, body }, connection) => {
        const length = lengths[connection % requests.length];
        // Money and names of a page differ in length by caller, so this finds a wrong answer; JSON of json_agg has some blanks.
        if (status !== 200 || body.length < length || body.length > length + 100) {
          throw new Error(`${contender.name} answered ${status}, ${body.length} bytes instead of ${length}`);
        }
      };
    }
    const results = await contest(contenders, { ...options, postmaster: database.pid });
    const statements = await countStatements(database.ownerUrl, () => repeat(service.port, requests[0]));
    const perRequest = statements
      .filter(({ calls }) => calls >= COUNTED / 2)
      .map(({ query, calls, ms }) => ({ query, calls: calls / COUNTED, ms: ms / calls }));
    return { bytes: lengths[0], sameBytes, results, statements: perRequest };
  } finally {
    for (const contender of bare) await contender.stop();
  }
}

/** At half of what it can do at most, requests come when they come: what share of them waits? */
export async function measureHalfLoad({ service, options }, most) {
  const requests = keys().funders.map(({ token }) => graphqlRequest(token, QUERY));
  const load = new Load(service.port, 64);
  await load.open();
  const check = ({ status }) => {
    if (status !== 200) throw new Error(`answered ${status}`);
  };
  const requestOf = (_connection, turn) => requests[turn % requests.length];
  if (!most) most = (await load.run(options.warmUp, requestOf, check)).rps;
  const result = await load.runAtRate(options.seconds, most / 2, requestOf, check);
  load.close();
  return result;
}

async function ask(port, requests) {
  const load = new Load(port, 1);
  await load.open();
  const answers = [];
  // Twice: a query is compiled when it is seen again, and both answers must be the same.
  for (const request of [...requests, ...requests]) {
    answers.push((await load.connections[0].send(request)).body.toString());
  }
  load.close();
  const [first, second] = [answers.slice(0, requests.length), answers.slice(requests.length)];
  if (JSON.stringify(first) !== JSON.stringify(second)) throw new Error('The same question was answered in two ways');
  return first;
}

/** Throws unless two servers said the same; answers whether they did so byte by byte. */
function compare(expected, answers, name) {
  const compact = (text) => JSON.stringify(JSON.parse(text));
  for (const [i, text] of expected.entries()) {
    if (compact(text) !== compact(answers[i])) {
      throw new Error(
        `${name} answers something else:\n${compact(answers[i]).slice(0, 600)}\ninstead of\n${compact(text).slice(0, 600)}`,
      );
    }
  }
  return expected.every((text, i) => text === answers[i]);
}

async function repeat(port, request) {
  const load = new Load(port, 1);
  await load.open();
  for (let i = 0; i < COUNTED; i++) await load.connections[0].send(request);
  load.close();
}
