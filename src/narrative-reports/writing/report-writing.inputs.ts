import { Field, InputType } from '@nestjs/graphql';
import { IdField, IdListField, IntField, NestedField, NestedListField, TextField } from '../../platform/api/fields.js';
import { MutationInput } from '../../platform/api/mutation-input.js';
import { DateScalar, LanguageTagScalar } from '../../platform/api/scalars/scalars.js';
import { MOST_SECTIONS } from '../reports/report-content.rules.js';
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

@InputType({ isAbstract: true })
abstract class ReportContentInput extends MutationInput {
  @Field(() => LanguageTagScalar, {
    nullable: true,
    description: "The language it is written in; your organization's, when left out.",
  })
  language?: string | null;

  @NestedField(() => ReportPeriodInput, { nullable: true })
  period?: ReportPeriodInput | null;

  @NestedListField(() => ReportSectionInput, {
    nullable: true,
    most: MOST_SECTIONS,
    description: `At most ${MOST_SECTIONS}, and at most 400,000 bytes together (REPORT_TOO_LARGE).`,
  })
  sections?: ReportSectionInput[] | null;

  @IntField({ min: 0, max: 100_000, nullable: true, description: 'How long it took to write: the burden, in minutes.' })
  minutesSpent?: number | null;

  @IntField({ min: 0, max: 10_000, nullable: true, description: 'How many people worked on it.' })
  peopleInvolved?: number | null;
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
      'Your own permanent id of a whole report, kept forever: sending it again, even months later, answers the first report and makes no second one. With other content the first is kept and `userErrors` says SUBMISSION_DIFFERS.',
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
