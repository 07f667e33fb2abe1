import { Field, InputType } from '@nestjs/graphql';
import {
  CheckedField,
  IdField,
  IdListField,
  IntField,
  NestedField,
  NestedListField,
  TextField,
} from '../../platform/api/fields.js';
import { MutationInput } from '../../platform/api/mutation-input.js';
import { DateScalar, LanguageTagScalar, UrlScalar } from '../../platform/api/scalars/scalars.js';
import { MOST_SECTIONS } from '../reports/report-content.rules.js';
import type { ReportFormat } from '../reports/report-format.rules.js';
import { MOST_LINKS, isSecureLink } from '../reports/report-format.rules.js';
import { ReportFormats } from '../reports/report-format.type.js';
import { MEETS, MetExpectationInput, SHARE_WITH } from '../shares/recipients.inputs.js';

const LONGEST_ANSWER = 10_000;
const VERSION = { min: 1, max: 2_147_483_647 };

@InputType({ description: 'The days a report is about, both included.' })
export class ReportPeriodInput {
  @Field(() => DateScalar)
  startsOn: string;

  @Field(() => DateScalar, { description: 'On or after `startsOn`. Error: INVALID_VALUE.' })
  endsOn: string;
}

@InputType({ description: 'An answer to one prompt.' })
export class ReportSectionInput {
  @TextField({
    max: 40,
    description:
      'The code of a prompt of `reportPrompts`, such as WHAT_HAPPENED; FREE_TEXT for one text in your own form. Error: UNKNOWN_PROMPT.',
  })
  prompt: string;

  @IdField('funder', {
    nullable: true,
    description: 'The funder whose own prompt (`own:1`) this answers; only for those.',
  })
  funderId?: string | null;

  @TextField({
    min: 0,
    max: LONGEST_ANSWER,
    nullable: true,
    description: 'Left out or empty: not answered, as if the section were not there.',
  })
  text?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether shares include it. True when left out, but for FUNDER_MAKES_HARDER, which is hidden unless you say true. A hidden section and an unanswered one look the same to a funder. An answer to a funder's own prompt goes to that funder only.",
  })
  isVisible?: boolean | null;
}

@InputType({ description: 'A recording, a document or a page that lies elsewhere.' })
export class ReportLinkInput {
  @CheckedField(() => UrlScalar, (value) => (isSecureLink(value as string) ? null : { code: 'LINK_NOT_HTTPS' }), {
    description: 'An https address. The service shows it and never opens it. Error: LINK_NOT_HTTPS.',
  })
  url: string;

  @TextField({ max: 200, nullable: true, description: 'What is found there.' })
  label?: string | null;
}

@InputType({ description: 'A conversation with a funder, as the grantee tells it.' })
export class ReportConversationInput {
  @Field(() => DateScalar, { description: 'Not in the future, anywhere. Error: DATE_OUT_OF_RANGE.' })
  heldOn: string;

  @IntField({ min: 1, max: 10_000, description: 'How long it took.' })
  minutes: number;

  @IntField({ min: 1, max: 1_000, description: "How many people of the grantee's took part." })
  granteePeople: number;

  @IntField({ min: 1, max: 1_000, description: "How many people of the funder's took part." })
  funderPeople: number;

  @TextField({ max: LONGEST_ANSWER, description: 'What was said, in your words.' })
  notes: string;
}

/** Answered prompts, which may stand beside any format. */
export const SectionsField = (): PropertyDecorator =>
  NestedListField(() => ReportSectionInput, {
    nullable: true,
    most: MOST_SECTIONS,
    description: `At most ${MOST_SECTIONS}, and at most 400,000 bytes together (REPORT_TOO_LARGE).`,
  });

@InputType({ isAbstract: true })
export abstract class ReportBasicsInput extends MutationInput {
  @Field(() => LanguageTagScalar, {
    nullable: true,
    description: "The language it is written or spoken in; your organization's, when left out.",
  })
  language?: string | null;

  @NestedField(() => ReportPeriodInput, { nullable: true })
  period?: ReportPeriodInput | null;

  @NestedListField(() => ReportLinkInput, { nullable: true, most: MOST_LINKS, description: `At most ${MOST_LINKS}.` })
  links?: ReportLinkInput[] | null;

  @IntField({ min: 0, max: 100_000, nullable: true, description: 'How long it took to make: the burden, in minutes.' })
  minutesSpent?: number | null;

  @IntField({ min: 0, max: 10_000, nullable: true, description: 'How many people worked on it.' })
  peopleInvolved?: number | null;
}

@InputType({ isAbstract: true })
export abstract class ReportDetailsInput extends ReportBasicsInput {
  @Field(() => ReportFormats, {
    nullable: true,
    description:
      'WRITTEN when left out. What each needs to be submitted: WRITTEN a section (REPORT_EMPTY), CONVERSATION its `conversation` (CONVERSATION_MISSING), RECORDING and REUSED_DOCUMENT an attachment or a link (FILE_OR_LINK_MISSING).',
  })
  format?: ReportFormat | null;

  @NestedField(() => ReportConversationInput, {
    nullable: true,
    description: 'Only in the format CONVERSATION. Error: CONVERSATION_NOT_EXPECTED.',
  })
  conversation?: ReportConversationInput | null;
}

@InputType({ isAbstract: true })
abstract class ReportContentInput extends ReportDetailsInput {
  @SectionsField()
  sections?: ReportSectionInput[] | null;
}

@InputType()
export class DraftReportInput extends ReportContentInput {}

@InputType({ description: 'Saves one answer of a draft. Without `text` the answer is taken out.' })
export class SaveReportSectionInput extends MutationInput {
  @IdField('report')
  id: string;

  @IntField({ ...VERSION, description: 'The version you read. Error: STALE_VERSION.' })
  expectedVersion: number;

  @NestedField(() => ReportSectionInput)
  section: ReportSectionInput;
}

@InputType({
  description: 'Saves what stands beside the answers of a draft. What is left out stays; null takes it out.',
})
export class SaveReportDetailsInput extends ReportDetailsInput {
  @IdField('report')
  id: string;

  @IntField({ ...VERSION, description: 'The version you read. Error: STALE_VERSION.' })
  expectedVersion: number;
}

@InputType()
export class DeleteDraftReportInput extends MutationInput {
  @IdField('report')
  id: string;

  @IntField({ ...VERSION, description: 'The version you read. Error: STALE_VERSION.' })
  expectedVersion: number;
}

@InputType({
  description:
    'Either an existing draft (`id` and `expectedVersion`, nothing of the text), or a whole report at once (no `id`).',
})
export class SubmitReportInput extends ReportContentInput {
  @IdField('report', { nullable: true, description: 'A draft to submit as it is.' })
  id?: string | null;

  @IntField({
    ...VERSION,
    nullable: true,
    description: 'Required with `id`: the version you read. Error: STALE_VERSION.',
  })
  expectedVersion?: number | null;

  @TextField({
    max: 200,
    nullable: true,
    description:
      'Your own permanent id of a whole report, kept forever: sending it again, even months later, answers the first report and makes no second one. With other content the first is kept and `notices` says SUBMISSION_DIFFERS.',
  })
  clientSubmissionId?: string | null;

  @IdListField('agreement', SHARE_WITH)
  shareWith?: string[] | null;

  @NestedListField(() => MetExpectationInput, MEETS)
  meets?: MetExpectationInput[] | null;
}

@InputType({
  description: 'Makes a new version. What is left out stays; `sections`, when given, replaces all of them.',
})
export class CorrectReportInput extends ReportContentInput {
  @IdField('report')
  id: string;

  @IntField({ ...VERSION, description: 'The version you read. Error: STALE_VERSION.' })
  expectedVersion: number;
}
