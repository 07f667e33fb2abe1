import { Field, InputType } from '@nestjs/graphql';
import { IdField, IdListField, IntField, NestedField, NestedListField } from '../../platform/api/fields.js';
import { MutationInput } from '../../platform/api/mutation-input.js';
import { LanguageTagScalar } from '../../platform/api/scalars/scalars.js';
import { MEETS, MetExpectationInput, SHARE_WITH } from '../shares/recipients.inputs.js';
import { ReportBasicsInput, ReportConversationInput, SectionsField } from '../writing/report-writing.inputs.js';
import type { ReportSectionInput } from '../writing/report-writing.inputs.js';

const EXPECTED = { min: 1, max: 2_147_483_647, description: 'The version you read. Error: STALE_VERSION.' };
const LANGUAGE = { nullable: true, description: 'The language of the notes, if you tell it.' };

@InputType()
export class DraftConversationNotesInput extends MutationInput {
  @IdField('agreement', { description: 'An accepted agreement of yours: the conversation was with its other party.' })
  agreementId: string;

  @Field(() => LanguageTagScalar, LANGUAGE)
  language?: string | null;

  @NestedField(() => ReportConversationInput)
  conversation: ReportConversationInput;
}

@InputType({ description: 'A new text beside the ones before. The language stays when it is left out.' })
export class ReviseConversationNotesInput extends MutationInput {
  @IdField('conversationNotes')
  id: string;

  @IntField(EXPECTED)
  expectedVersion: number;

  @Field(() => LanguageTagScalar, LANGUAGE)
  language?: string | null;

  @NestedField(() => ReportConversationInput)
  conversation: ReportConversationInput;
}

@InputType({
  description: 'Makes a submitted report in the format CONVERSATION, and shares it with any number of funders.',
})
export class ConfirmConversationNotesInput extends ReportBasicsInput {
  @IdField('conversationNotes')
  id: string;

  @IntField(EXPECTED)
  expectedVersion: number;

  @NestedField(() => ReportConversationInput, {
    nullable: true,
    description: 'How it was in your words; as it was written last, when left out. What was drafted stays readable.',
  })
  conversation?: ReportConversationInput | null;

  @SectionsField()
  sections?: ReportSectionInput[] | null;

  @IdListField('agreement', SHARE_WITH)
  shareWith?: string[] | null;

  @NestedListField(() => MetExpectationInput, MEETS)
  meets?: MetExpectationInput[] | null;
}
