import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { GranteeType } from '../../grantees/grantee.type.js';
import { granteeById } from '../../grantees/grantees.loaders.js';
import { connectionOf } from '../../platform/api/connection.js';
import { Derived, Edge, PublicId } from '../../platform/api/derived.js';
import { publicId } from '../../platform/api/ids.js';
import { Node, NodeType } from '../../platform/api/node.js';
import { DateScalar, DateTimeScalar, LanguageTagScalar } from '../../platform/api/scalars/scalars.js';
import type { ReportFormat } from './narrative-report.entity.js';
import type { ReportState } from './narrative-report.lifecycle.js';
import { ReportStates } from './narrative-reports.inputs.js';
import { reportById } from './narrative-reports.loaders.js';
import type { NarrativeReport, ReportVersion } from './narrative-report.entity.js';
import type { ReportSection } from './report-content.rules.js';
import { periodOf, questionOf } from './report-content.rules.js';

export const ReportFormats = {
  WRITTEN: 'WRITTEN',
  CONVERSATION: 'CONVERSATION',
  RECORDING: 'RECORDING',
  REUSED_DOCUMENT: 'REUSED_DOCUMENT',
} as const;
registerEnumType(ReportFormats, {
  name: 'NarrativeReportFormat',
  description: "The grantee's choice. Only WRITTEN can be made so far.",
});

@ObjectType({ description: 'The days a report is about, both included.' })
export class ReportPeriod {
  @Field(() => DateScalar)
  startsOn: string;

  @Field(() => DateScalar)
  endsOn: string;
}

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

  @Derived<ReportVersion>(({ content }) => content.language)
  @Field(() => LanguageTagScalar)
  language: string;

  @Derived<ReportVersion>(({ content }) => periodOf(content))
  @Field(() => ReportPeriod, { nullable: true })
  period: ReportPeriod | null;

  @Derived<ReportVersion>(({ content }) => content.sections)
  @Field(() => [NarrativeReportSection])
  sections: NarrativeReportSection[];
}

export const NarrativeReportVersionConnection = connectionOf(
  () => NarrativeReportVersionType,
  'NarrativeReportVersion',
);
