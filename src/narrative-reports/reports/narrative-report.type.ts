import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { GranteeType } from '../../grantees/grantee.type.js';
import { granteeById } from '../../grantees/grantees.loaders.js';
import { connectionOf } from '../../platform/api/connection.js';
import { Derived, Edge, PublicId } from '../../platform/api/derived.js';
import { publicId } from '../../platform/api/ids.js';
import { Node, NodeType } from '../../platform/api/node.js';
import { DateTimeScalar, LanguageTagScalar } from '../../platform/api/scalars/scalars.js';
import type { ReportState } from './narrative-report.lifecycle.js';
import { ReportStates } from './narrative-reports.inputs.js';
import { NarrativeReportConversation, NarrativeReportLink, ReportFormats, ReportPeriod } from './report-format.type.js';
import type { ReportFormat } from './report-format.rules.js';
import { reportById } from './narrative-reports.loaders.js';
import type { NarrativeReport, ReportVersion } from './narrative-report.entity.js';
import type { ReportSection } from './report-content.rules.js';
import { periodOf, questionOf } from './report-content.rules.js';

@ObjectType({ description: 'An answered prompt. What was not answered is not there.' })
export class NarrativeReportSection {
  @Field(() => String, { description: 'The code of the prompt; FREE_TEXT for a text in its own form.' })
  prompt: string;

  @Derived<ReportSection>(({ funderId }) => funderId && publicId('funder', funderId))
  @Field(() => ID, { nullable: true, description: 'The funder whose own prompt it is.' })
  funderId: string | null;

  @Derived<ReportSection>((section, { locale }) => questionOf(section, locale))
  @Field(() => String, { description: "What was asked, in the caller's language; an own prompt as it was then." })
  question: string;

  @Field(() => String)
  text: string;

  @Field(() => Boolean, { description: 'Whether shares include it.' })
  isVisible: boolean;
}

@NodeType('report', 'NarrativeReport', reportById)
@ObjectType('NarrativeReport', {
  implements: () => [Node],
  description:
    'What a grantee wrote, once for all its funders. It is seen by the grantee alone: funders see their `ReportShare`, a copy of what was shared with them.',
})
export class NarrativeReportType extends Node {
  @PublicId('report')
  @Field(() => ID)
  declare id: string;

  @Edge<NarrativeReport, object>(granteeById, (row) => row.organizationId)
  @Field(() => GranteeType, { nullable: true })
  grantee: GranteeType | null;

  @Field(() => ReportStates)
  state: ReportState;

  @Field(() => ReportFormats)
  format: ReportFormat;

  @Field(() => LanguageTagScalar)
  language: string;

  @Derived<NarrativeReport>(periodOf)
  @Field(() => ReportPeriod, { nullable: true })
  period: ReportPeriod | null;

  @Field(() => [NarrativeReportSection])
  sections: NarrativeReportSection[];

  @Field(() => [NarrativeReportLink])
  links: NarrativeReportLink[];

  @Field(() => NarrativeReportConversation, { nullable: true, description: 'Of the format CONVERSATION.' })
  conversation: NarrativeReportConversation | null;

  @Field(() => Int, { nullable: true, description: 'The burden: minutes it took to write, if told.' })
  minutesSpent: number | null;

  @Field(() => Int, { nullable: true, description: 'How many people worked on it, if told.' })
  peopleInvolved: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The version of the text: 1 when submitted, one more with each correction; null in a draft.',
  })
  contentVersion: number | null;

  @Field(() => String, { nullable: true, description: 'The id it was submitted under by its portal.' })
  clientSubmissionId: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was first submitted.' })
  submittedAt: Date | null;

  @Field(() => DateTimeScalar)
  createdAt: Date;

  @Field(() => DateTimeScalar)
  updatedAt: Date;

  @Field(() => Int)
  version: number;
}

export const NarrativeReportConnection = connectionOf(() => NarrativeReportType, 'NarrativeReport', { counted: true });

@ObjectType('NarrativeReportVersion', { description: 'The text as it was submitted or corrected. None is ever lost.' })
export class NarrativeReportVersionType {
  @Field(() => Int)
  number: number;

  @Field(() => DateTimeScalar)
  submittedAt: Date;

  @Derived<ReportVersion>(({ content }) => content.format)
  @Field(() => ReportFormats)
  format: ReportFormat;

  @Derived<ReportVersion>(({ content }) => content.language)
  @Field(() => LanguageTagScalar)
  language: string;

  @Derived<ReportVersion>(({ content }) => periodOf(content))
  @Field(() => ReportPeriod, { nullable: true })
  period: ReportPeriod | null;

  @Derived<ReportVersion>(({ content }) => content.sections)
  @Field(() => [NarrativeReportSection])
  sections: NarrativeReportSection[];

  @Derived<ReportVersion>(({ content }) => content.links ?? [])
  @Field(() => [NarrativeReportLink])
  links: NarrativeReportLink[];

  @Derived<ReportVersion>(({ content }) => content.conversation ?? null)
  @Field(() => NarrativeReportConversation, { nullable: true })
  conversation: NarrativeReportConversation | null;

  @Derived<ReportVersion>(({ content }) => content.minutesSpent)
  @Field(() => Int, { nullable: true })
  minutesSpent: number | null;

  @Derived<ReportVersion>(({ content }) => content.peopleInvolved)
  @Field(() => Int, { nullable: true })
  peopleInvolved: number | null;
}

export const NarrativeReportVersionConnection = connectionOf(
  () => NarrativeReportVersionType,
  'NarrativeReportVersion',
);
