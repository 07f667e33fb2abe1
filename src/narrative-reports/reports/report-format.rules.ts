import type { ErrorCode } from '../../platform/errors/codes.js';

export const REPORT_FORMATS = ['WRITTEN', 'CONVERSATION', 'RECORDING', 'REUSED_DOCUMENT'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export const MOST_LINKS = 5;

/** Something that lies elsewhere: it is kept and shown, and never fetched. */
export interface ReportLink {
  readonly url: string;
  readonly label: string | null;
}

/** What was talked about, in the words the grantee stands by. */
export interface ReportConversation {
  readonly heldOn: string;
  readonly minutes: number;
  readonly granteePeople: number;
  readonly funderPeople: number;
  readonly notes: string;
}

/** What makes a report of its format. Answered prompts may stand beside any of them. */
export interface Formatted {
  readonly format: ReportFormat;
  readonly sections: readonly unknown[];
  /** Absent from what was submitted before there were links. */
  readonly links?: readonly ReportLink[];
  readonly conversation?: ReportConversation | null;
}

export interface FormatProblem {
  readonly code: ErrorCode;
  readonly path: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
}

/** Why a report of this format cannot be submitted yet; null when it is whole. `attachments` is how many files it has. */
export function checkFormat(report: Formatted, attachments: number): FormatProblem | null {
  const { format, sections, links = [], conversation = null } = report;
  const problem = (code: ErrorCode, ...path: string[]): FormatProblem => ({ code, path, parameters: { format } });
  if (format !== 'CONVERSATION' && conversation) return problem('CONVERSATION_NOT_EXPECTED', 'conversation');
  switch (format) {
    case 'WRITTEN':
      return sections.length > 0 ? null : problem('REPORT_EMPTY', 'sections');
    case 'CONVERSATION':
      return conversation ? null : problem('CONVERSATION_MISSING', 'conversation');
    case 'RECORDING':
    case 'REUSED_DOCUMENT':
      return links.length + attachments > 0 ? null : problem('FILE_OR_LINK_MISSING', 'links');
  }
}

/** Whether a copy would show its reader nothing. */
export function isEmpty({ sections, links = [], conversation }: Formatted, attachments: number): boolean {
  return sections.length === 0 && links.length === 0 && !conversation && attachments === 0;
}

/** The rule of a link's address: what is followed from a report must not be read or changed on the way. */
export function isSecureLink(url: string): boolean {
  return url.startsWith('https://');
}
