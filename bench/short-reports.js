import { keys } from './data.js';
import { graphqlRequest } from './load.js';
import { inDatabase } from './database.js';

const MUTATION = `mutation ($input: SubmitReportInput!) { submitReport(input: $input) { narrativeReport { id version } userErrors { code message } } }`;
export const TEXT = 'Chúng tôi đã mở thêm hai lớp học buổi tối, và nước lũ năm nay đến muộn. '.repeat(8);

/** A portal's short reports, each shared with one funder: idempotent, with their events and the job that reminds. */
export async function shortReports({ database, options }) {
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
  return { writers, agreements, requestOf, check };
}

async function acceptedAgreements(owner, writers) {
  const { rows } = await owner.query(
    `SELECT k.id AS "keyId", array_agg(a.id ORDER BY a.id) AS ids FROM api_keys k JOIN agreements a ON a.grantee_id = k.organization_id
     WHERE k.id = ANY ($1) AND a.accepted_at IS NOT NULL GROUP BY k.id`,
    [writers.map(({ id }) => id)],
  );
  return new Map(rows.map(({ keyId, ids }) => [keyId, ids]));
}
