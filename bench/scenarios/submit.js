import { contest } from '../contest.js';
import { keys } from '../data.js';
import { countStatements, inDatabase } from '../database.js';
import { graphqlRequest, Load } from '../load.js';
import { startBare } from '../processes.js';

const MUTATION = `mutation ($input: SubmitReportInput!) { submitReport(input: $input) { narrativeReport { id version } userErrors { code message } } }`;
const COUNTED = 20;
const TEXT = 'Chúng tôi đã mở thêm hai lớp học buổi tối, và nước lũ năm nay đến muộn. '.repeat(8);

/** A portal's short report, shared with one funder: idempotent, with its events and the job that reminds. */
export async function measureSubmit({ service, database, options }) {
  const writers = keys().grantees.slice(0, options.connections);
  const agreements = await inDatabase(database.ownerUrl, (owner) => acceptedAgreements(owner, writers));
  const run = Date.now().toString(36);
  let sent = 0;
  const requestOf = (connection, turn) => {
    const writer = connection % writers.length;
    const own = agreements.get(writers[writer].id);
    const id = `${run}-${(sent += 1)}`;
    const input = {
      idempotencyKey: id,
      clientSubmissionId: id,
      language: 'vi',
      minutesSpent: 25,
      sections: [{ prompt: 'WHAT_HAPPENED', text: TEXT }],
      shareWith: [`agr_${own[turn % own.length].replaceAll('-', '')}`],
    };
    return graphqlRequest(writers[writer].token, MUTATION, { input });
  };
  const check = ({ status, body }) => {
    if (status !== 200 || !body.includes('"userErrors":[]'))
      throw new Error(`submitReport answered ${status}: ${body}`);
  };
  const contender = { ...service, requestOf, check };
  const statements = await countStatements(database.ownerUrl, async () => {
    const load = new Load(service.port, 1);
    await load.open();
    for (let i = 0; i < COUNTED; i++) check(await load.connections[0].send(requestOf(0, i)));
    load.close();
  });
  const bare = await startBare('bare-write.js', {
    name: 'bare pg loop',
    appUrl: database.appUrl,
    connections: options.connections,
    writers: writers.map(({ id }) => ({ keyId: id, agreements: agreements.get(id) })),
    text: TEXT,
  });
  bare.drive = (seconds) => bare.ask({ seconds });
  let results;
  try {
    results = await contest([contender, bare], { ...options, postmaster: database.pid });
  } finally {
    await bare.stop();
  }
  return {
    results,
    statements: statements
      .filter(({ calls }) => calls >= COUNTED / 2)
      .map(({ query, calls, ms }) => ({ query, calls: calls / COUNTED, ms: ms / calls })),
  };
}

async function acceptedAgreements(owner, writers) {
  const { rows } = await owner.query(
    `SELECT k.id AS "keyId", array_agg(a.id ORDER BY a.id) AS ids FROM api_keys k JOIN agreements a ON a.grantee_id = k.organization_id
     WHERE k.id = ANY ($1) AND a.accepted_at IS NOT NULL GROUP BY k.id`,
    [writers.map(({ id }) => id)],
  );
  return new Map(rows.map(({ keyId, ids }) => [keyId, ids]));
}
