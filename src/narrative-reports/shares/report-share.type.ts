import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { GrantAgreement } from '../../agreements/agreement.type.js';
import { agreementById } from '../../agreements/agreements.loaders.js';
import { ReportingExpectationType } from '../../agreements/expectations/expectation.type.js';
import { expectationById } from '../../agreements/expectations/expectations.loaders.js';
import { connectionOf } from '../../platform/api/connection.js';
import { Derived, Edge, PublicId } from '../../platform/api/derived.js';
import { Node, NodeType } from '../../platform/api/node.js';
import { Payload, PayloadEntity } from '../../platform/api/payload.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { DateScalar, DateTimeScalar, LanguageTagScalar } from '../../platform/api/scalars/scalars.js';
import { NarrativeReportType } from '../reports/narrative-report.type.js';
import type { ReportFormat } from '../reports/report-format.rules.js';
import {
  NarrativeReportConversation,
  NarrativeReportLink,
  ReportFormats,
  ReportPeriod,
} from '../reports/report-format.type.js';
import { reportById } from '../reports/narrative-reports.loaders.js';
import type { SharedSection } from '../reports/report-content.rules.js';
import { periodOf, questionOf } from '../reports/report-content.rules.js';
import type { ResponseKind, ShownShareState } from './report-share.entity.js';
import { ResponseKinds, ShareStates } from './report-shares.inputs.js';
import { responseById, responseByShare, shareById } from './report-shares.loaders.js';
import type { ReportShare } from './report-share.entity.js';
import { isOverdue } from '../responses/response-duty.rules.js';

@ObjectType({ description: 'An answer as it was shared. Hidden and unanswered prompts are both absent.' })
export class ReportShareSection {
  @Field(() => String, { description: 'The code of the prompt; FREE_TEXT for a text in its own form.' })
  prompt: string;

  @Derived<SharedSection>((section, { locale }) => questionOf(section, locale))
  @Field(() => String, { description: "What was asked, in the caller's language; an own prompt as it was then." })
  question: string;

  @Field(() => String)
  text: string;
}

@NodeType('reportResponse', 'ReportResponse', responseById)
@ObjectType('ReportResponse', {
  implements: () => [Node],
  description: 'What the funder said back: once for each share, and never rewritten. Seen by both.',
})
export class ReportResponseType extends Node {
  @PublicId('reportResponse')
  @Field(() => ID)
  declare id: string;

  @Field(() => ResponseKinds)
  kind: ResponseKind;

  @Field(() => String)
  text: string;

  @Field(() => DateTimeScalar)
  respondedAt: Date;
}

/** A correction may have been corrected again. */
async function newestAfter({ replacedBy }: ReportShare, context: RequestContext): Promise<ReportShare | null> {
  let newest: ReportShare | null = null;
  for (let next = replacedBy; next; next = newest?.replacedBy ?? null) newest = await context.load(shareById, next);
  return newest;
}

@NodeType('share', 'ReportShare', shareById)
@ObjectType('ReportShare', {
  implements: () => [Node],
  description:
    'A copy of what a grantee let one funder see of a report, with the duty to answer it. Seen by that grantee, that funder and the fiscal sponsor of a sponsored project; when it is no longer shared, by the grantee only.',
})
export class ReportShareType extends Node {
  @PublicId('share')
  @Field(() => ID)
  declare id: string;

  @Edge<ReportShare, object>(agreementById, (row) => row.agreementId)
  @Field(() => GrantAgreement, { nullable: true })
  agreement: GrantAgreement | null;

  @Edge<ReportShare, object>(expectationById, (row) => row.expectationId)
  @Field(() => ReportingExpectationType, { nullable: true, description: 'The one it met, if any was open.' })
  expectation: ReportingExpectationType | null;

  @Field(() => DateTimeScalar)
  sharedAt: Date;

  @Derived<ReportShare>(({ content }) => content.format)
  @Field(() => ReportFormats)
  format: ReportFormat;

  @Derived<ReportShare>(({ content }) => content.language)
  @Field(() => LanguageTagScalar)
  language: string;

  @Derived<ReportShare>(({ content }) => periodOf(content))
  @Field(() => ReportPeriod, { nullable: true })
  period: ReportPeriod | null;

  @Derived<ReportShare>(({ content }) => content.sections)
  @Field(() => [ReportShareSection])
  sections: ReportShareSection[];

  @Derived<ReportShare>(({ content }) => content.links ?? [])
  @Field(() => [NarrativeReportLink])
  links: NarrativeReportLink[];

  @Derived<ReportShare>(({ content }) => content.conversation ?? null)
  @Field(() => NarrativeReportConversation, { nullable: true, description: 'Of the format CONVERSATION.' })
  conversation: NarrativeReportConversation | null;

  @Derived<ReportShare>(({ content }) => content.minutesSpent)
  @Field(() => Int, { nullable: true, description: 'The burden: minutes it took to write, if told.' })
  minutesSpent: number | null;

  @Derived<ReportShare>(({ content }) => content.peopleInvolved)
  @Field(() => Int, { nullable: true, description: 'How many people worked on it, if told.' })
  peopleInvolved: number | null;

  @Derived<ReportShare>((row) => (row.replacedBy ? 'REPLACED' : row.state))
  @Field(() => ShareStates)
  state: ShownShareState;

  @Derived<ReportShare>((row, context) => newestAfter(row, context))
  @Field(() => ReportShareType, {
    nullable: true,
    description:
      'The copy that counts instead, when the grantee shared a corrected text before this one was answered: the newest. To the funder the old copy then has its id, its days and this, and nothing that was written in it; when the newest is shared no more, there is none of them.',
  })
  replacedBy: ReportShareType | null;

  @Field(() => DateScalar, {
    description:
      "The last day for the funder's answer, in the agreement's time zone: its response days from the day of sharing.",
  })
  respondBy: string;

  @Derived<ReportShare>((row, { now }) => isOverdue(row, now))
  @Field(() => Boolean, { description: 'Whether that day is over and there is no answer.' })
  isOverdue: boolean;

  @Edge<ReportShare, object>(responseByShare, (row) => (row.state === 'ANSWERED' ? row.id : null))
  @Field(() => ReportResponseType, { nullable: true, description: 'Between funder and grantee: null for a sponsor.' })
  response: ReportResponseType | null;

  @Edge<ReportShare, object>(reportById, (row) => row.reportId ?? null)
  @Field(() => NarrativeReportType, {
    nullable: true,
    description: 'The report it was taken from: null for all but the grantee.',
  })
  report: NarrativeReportType | null;

  @Derived<ReportShare>((row) => row.reportVersion ?? null)
  @Field(() => Int, {
    nullable: true,
    description: 'The version of the text that was shared: null for all but the grantee.',
  })
  contentVersion: number | null;

  @Derived<ReportShare>((row) => row.unsharedAt ?? null)
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the grantee stopped sharing it, unanswered. To the funder it is then gone.',
  })
  unsharedAt: Date | null;

  @Field(() => Int, { description: "Of the share: 1 when shared. It tells nothing of the report's." })
  version: number;
}

export const ReportShareConnection = connectionOf(() => ReportShareType, 'ReportShare');

@ObjectType({ isAbstract: true })
abstract class SharePayload extends Payload {
  @PayloadEntity(() => ReportShareType, shareById)
  reportShare: ReportShareType | null;
}

@ObjectType()
export class UnshareReportPayload extends SharePayload {}
