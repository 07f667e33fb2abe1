import { expect } from '@jest/globals';
import type { Network, ToldNotice } from './network.js';
import { NOTICES } from './network.js';

const CONTENT = `format language period { startsOn endsOn } minutesSpent peopleInvolved links { url label }
  conversation { heldOn minutes granteePeople funderPeople notes }`;
const SECTIONS = 'sections { prompt question text isVisible }';
const REPORT = `id state ${CONTENT} contentVersion clientSubmissionId version submittedAt ${SECTIONS}
  versions { nodes { number ${CONTENT} ${SECTIONS} } }
  shares { nodes { id state contentVersion respondBy isOverdue agreement { id } report { id } } }`;
export const SHARE = `id sharedAt ${CONTENT} state respondBy isOverdue version sections { prompt question text }
  response { id kind text respondedAt } agreement { id } expectation { dueOn state metBy { id } } contentVersion unsharedAt report { id }`;

export interface Section {
  prompt: string;
  question: string;
  text: string;
  isVisible?: boolean;
}
interface Content {
  format: string;
  language: string;
  minutesSpent: number | null;
  links: { url: string; label: string | null }[];
  conversation: { heldOn: string; notes: string } | null;
  sections: Section[];
}
export interface Share extends Content {
  id: string;
  state: string;
  version: number;
  sharedAt: string;
  respondBy: string;
  isOverdue: boolean;
  contentVersion: number | null;
  response: { kind: string; text: string } | null;
  agreement: { id: string };
  expectation: { dueOn: string } | null;
  unsharedAt: string | null;
  report: { id: string } | null;
}
export interface Report extends Content {
  id: string;
  state: string;
  version: number;
  contentVersion: number | null;
  versions: { nodes: (Content & { number: number })[] };
  shares: { nodes: Share[] };
}
export interface Payload {
  narrativeReport: Report | null;
  reportShare: Share | null;
  userErrors: {
    code: string;
    message: string;
    path: string[] | null;
    currentVersion?: number;
  }[];
  notices: ToldNotice[];
}
export interface ReportActs {
  act(key: string, name: string, input: object): Promise<Payload>;
  /** Done by the first grantee, unless said otherwise, and not refused. */
  write(name: string, input: object, key?: string): Promise<Report>;
  /** The codes and paths of a call that is refused. */
  refused(key: string, name: string, input: object): Promise<string[]>;
  shareOf(key: string, id: string): Promise<Share | null>;
  sharesUnder(key: string, agreement: string): Promise<Share[]>;
  /** Whatever the work does, no row may change by it. */
  unchanged(work: () => Promise<unknown>): Promise<void>;
  /** The shares that met the expectations of an agreement, by due day. */
  metBy(agreement: string): Promise<(string | null)[]>;
}

const OF_SHARES = ['unshareReport', 'respondToReport'];
/** What a refusal must leave as it is. */
const TABLES = [
  'narrative_reports',
  'narrative_report_versions',
  'report_shares',
  'conversation_notes',
  'conversation_note_versions',
  'report_responses',
  'reporting_expectations',
  'events',
];

/** What a grantee and its funders do with reports, over HTTP. */
export function reportActs(network: () => Network): ReportActs {
  const act: ReportActs['act'] = async (key, name, input) => {
    const selection = OF_SHARES.includes(name) ? `reportShare { ${SHARE} }` : `narrativeReport { ${REPORT} }`;
    return (await network().mutate(key, name, input, `${selection} ${NOTICES}`)) as Payload;
  };
  const stored = (): Promise<object[]> =>
    network().sql(
      TABLES.map(
        (t) =>
          `SELECT '${t}' AS name, count(*)::int AS rows, md5(string_agg(t::text, '|' ORDER BY t::text)) AS digest FROM ${t} t`,
      )
        .concat(`SELECT 'jobs', count(*)::int, '' FROM graphile_worker.jobs`)
        .join(' UNION ALL ') + ' ORDER BY 1',
    );
  return {
    act,
    write: async (name, input, key = network().keys.grantee) => {
      const { narrativeReport, userErrors } = await act(key, name, input);
      expect(userErrors).toEqual([]);
      return narrativeReport!;
    },
    refused: async (key, name, input) => {
      const { narrativeReport, reportShare, userErrors } = await act(key, name, input);
      expect(narrativeReport ?? reportShare ?? null).toBeNull();
      return userErrors.map(({ code, path }) => `${code} ${path?.join('.') ?? ''}`);
    },
    shareOf: async (key, id) => {
      const { data } = await network().call(key, `query ($id: ID!) { reportShare(id: $id) { ${SHARE} } }`, { id });
      return (data as { reportShare: Share | null }).reportShare;
    },
    sharesUnder: async (key, agreement) => {
      const query = `query ($id: ID!) { node(id: $id) { ... on GrantAgreement { reports { nodes { ${SHARE} } } } } }`;
      const { data } = await network().call(key, query, { id: agreement });
      return (data as { node: { reports: { nodes: Share[] } } }).node.reports.nodes;
    },
    unchanged: async (work) => {
      const before = await stored();
      await work();
      expect(await stored()).toEqual(before);
    },
    metBy: async (agreement) => {
      const rows = await network().sql<{ share: string | null }>(
        `SELECT 'shr_' || replace(met_by_share_id::text, '-', '') AS share FROM reporting_expectations
         WHERE agreement_id = $1 ORDER BY due_on`,
        [agreement.slice(4)],
      );
      return rows.map(({ share }) => share);
    },
  };
}
