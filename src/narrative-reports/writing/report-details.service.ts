import { Injectable } from '@nestjs/common';
import { latestDay } from '../../agreements/due-day.rules.js';
import type { Tx } from '../../platform/db/transaction.js';
import { invalidValue, refuse } from '../../platform/errors/refusal.js';
import type { ReportContent } from '../reports/report-content.rules.js';
import type { ReportConversation, ReportLink } from '../reports/report-format.rules.js';
import type { ReportConversationInput, ReportDetailsInput, ReportPeriodInput } from './report-writing.inputs.js';

const EARLIEST_TALK = '1900-01-01';

export type ReportDetails = Omit<ReportContent, 'sections' | 'language' | 'links' | 'conversation'> & {
  /** Null where only the organization's own language is known, which the database looks up. */
  readonly language: string | null;
  readonly links: ReportLink[];
  readonly conversation: ReportConversation | null;
};

export const NO_DETAILS: ReportDetails = {
  format: 'WRITTEN',
  language: null,
  periodStart: null,
  periodEnd: null,
  minutesSpent: null,
  peopleInvolved: null,
  links: [],
  conversation: null,
};

/** Turns what a grantee sent beside its answers into what is kept: what it left out stays as it was. */
@Injectable()
export class ReportDetailsReader {
  read<Old extends ReportDetails>(tx: Tx, input: Partial<ReportDetailsInput>, old: Old): ReportDetails {
    return {
      format: input.format ?? old.format,
      language: input.language ?? old.language,
      ...(input.period === undefined
        ? { periodStart: old.periodStart, periodEnd: old.periodEnd }
        : periodColumns(input.period)),
      minutesSpent: input.minutesSpent === undefined ? old.minutesSpent : input.minutesSpent,
      peopleInvolved: input.peopleInvolved === undefined ? old.peopleInvolved : input.peopleInvolved,
      links:
        input.links === undefined
          ? old.links
          : (input.links ?? []).map(({ url, label }) => ({ url, label: label ?? null })),
      conversation: input.conversation === undefined ? old.conversation : this.conversation(tx, input.conversation),
    };
  }

  conversation(tx: Tx, input: ReportConversationInput | null): ReportConversation | null {
    if (input === null) return null;
    const { heldOn, minutes, granteePeople, funderPeople, notes } = input;
    const most = latestDay(tx.now);
    if (heldOn < EARLIEST_TALK || heldOn > most) {
      const parameters = { least: EARLIEST_TALK, most };
      throw refuse('DATE_OUT_OF_RANGE', { path: ['conversation', 'heldOn'], parameters });
    }
    return { heldOn, minutes, granteePeople, funderPeople, notes };
  }
}

function periodColumns(period: ReportPeriodInput | null): { periodStart: string | null; periodEnd: string | null } {
  if (period && period.endsOn < period.startsOn) {
    throw invalidValue(['period', 'endsOn'], 'PERIOD_REVERSED');
  }
  return { periodStart: period?.startsOn ?? null, periodEnd: period?.endsOn ?? null };
}
