import { DemoFailure } from './demo-client.js';
import type { Scene } from './scene.js';

interface Share {
  id: string;
  respondBy: string;
  state: string;
  agreement: { id: string };
  sections: { prompt: string; question: string; text: string }[];
}
interface Report {
  id: string;
  state: string;
  minutesSpent: number;
  shares: { nodes: Share[] };
}
const SHARE = 'id respondBy state agreement { id } sections { prompt question text }';
const REPORT = `narrativeReport { id state minutesSpent shares(first: 10) { nodes { ${SHARE} } } }`;
const ANSWERS = [
  ['WHAT_HAPPENED', 'Forty families replanted the flooded strip. The seed bank lent to all of them.'],
  ['SURPRISES', 'Salt came further inland than in any year we know. A third of the seedlings died.'],
  ['LEARNED', 'The old women knew which rice stands the salt. We should have asked them first.'],
  ['FUNDER_MAKES_HARDER', 'Two of you ask for the same figures, each in its own spreadsheet.'],
] as const;

/** One report, written once, for both funders; and the answer that a funder owes. */
export async function playReport(
  { cast, say, run }: Scene,
  agreementId: string,
): Promise<{ reportId: string; secondAgreementId: string }> {
  const { funder, secondFunder, grantee, names } = cast;
  const { agreements } = await secondFunder.ask<{ agreements: { nodes: { id: string }[] } }>(
    'query ($grantee: ID!) { agreements(first: 1, filter: { state: { in: [ACTIVE] }, grantee: $grantee }) { nodes { id } } }',
    { grantee: cast.granteeId },
  );
  const secondAgreementId = agreements.nodes[0]?.id;
  if (!secondAgreementId) throw new DemoFailure(`${names.secondFunder} has no active agreement with ${names.grantee}.`);

  say.step(`The grantee writes one short report, once, for the funder and for ${names.secondFunder}.`);
  const sections = ANSWERS.map(([prompt, text]) => ({ prompt, text }));
  const whole = { language: 'en', sections, minutesSpent: 25, peopleInvolved: 2 };
  const input = { ...whole, shareWith: [agreementId, secondAgreementId], clientSubmissionId: `portal-${run}` };
  const { narrativeReport: report } = await grantee.act<{ narrativeReport: Report }>('submitReport', input, REPORT);
  const shares = report.shares.nodes;
  say.call(
    'grantee',
    'submitReport',
    `${report.state}: ${sections.length} answers, ${report.minutesSpent} minutes of work, shared with ${shares.length} funders`,
  );
  const again = await grantee.act<{ narrativeReport: Report }>('submitReport', input, REPORT);
  const isSame = again.narrativeReport.id === report.id;
  say.call(
    'grantee',
    'the same call again',
    isSame ? 'the same report: the portal had been offline' : 'a second report (!)',
  );

  const seen = async (client: typeof funder, of: string): Promise<Share> => {
    const { id } = shares.find(({ agreement }) => agreement.id === of)!;
    return (await client.ask<{ reportShare: Share }>(`query ($id: ID!) { reportShare(id: $id) { ${SHARE} } }`, { id }))
      .reportShare;
  };
  const [first, second] = [await seen(funder, agreementId), await seen(secondFunder, secondAgreementId)];
  say.call(
    'funder',
    'reportShare(id)',
    ...first.sections.map(({ question, text }) => `${question} ${text}`),
    `${first.state.toLowerCase().replaceAll('_', ' ')}, by ${first.respondBy}`,
  );
  say.call(
    'secondFunder',
    'reportShare(id)',
    `${second.sections.length} answers, likewise; by ${second.respondBy}`,
    'what funders make harder is hidden unless the grantee shows it: absent in both',
  );

  const text =
    'Thank you for the part about the salt. We will pay for a second sowing; tell us the sum, no form needed.';
  const { reportShare: answered } = await funder.act<{ reportShare: Share & { response: { kind: string } } }>(
    'respondToReport',
    { shareId: first.id, kind: 'HELP_OFFERED', text, idempotencyKey: run },
    'reportShare { id state response { kind } }',
  );
  say.call('funder', 'respondToReport', `${answered.state}: ${answered.response.kind}`);
  const read = await grantee.ask<{ reportShare: { response: { text: string } } }>(
    'query ($id: ID!) { reportShare(id: $id) { response { text } } }',
    { id: first.id },
  );
  say.call('grantee', 'reportShare(id)', `“${read.reportShare.response.text}”`);
  return { reportId: report.id, secondAgreementId };
}
