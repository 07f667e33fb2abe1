import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { GrantAgreement } from '../../agreements/agreement.type.js';
import { agreementById } from '../../agreements/agreements.loaders.js';
import { connectionOf } from '../../platform/api/connection.js';
import { Derived, Edge, PublicId } from '../../platform/api/derived.js';
import { Node, NodeType } from '../../platform/api/node.js';
import { Payload, PayloadEntity } from '../../platform/api/payload.js';
import { DateTimeScalar, LanguageTagScalar } from '../../platform/api/scalars/scalars.js';
import { NarrativeReportType } from '../reports/narrative-report.type.js';
import { reportById } from '../reports/narrative-reports.loaders.js';
import { NarrativeReportConversation } from '../reports/report-format.type.js';
import type { ConversationNotes, ConversationNotesVersion, ConversationSide } from './conversation-notes.entity.js';
import { conversationNotesById } from './conversation-notes.loaders.js';

export const ConversationSides = { FUNDER: 'FUNDER', GRANTEE: 'GRANTEE' } as const;
registerEnumType(ConversationSides, { name: 'ConversationSide' });

@NodeType('conversationNotes', 'ConversationNotes', conversationNotesById)
@ObjectType('ConversationNotes', {
  implements: () => [Node],
  description:
    'What the two sides of a conversation write down together: seen and revised by both. It is no report, cannot be shared and meets no expectation; the grantee alone can make one of it.',
})
export class ConversationNotesType extends Node {
  @PublicId('conversationNotes')
  @Field(() => ID)
  declare id: string;

  @Edge<ConversationNotes, object>(agreementById, (row) => row.agreementId)
  @Field(() => GrantAgreement, { nullable: true })
  agreement: GrantAgreement | null;

  @Derived<ConversationNotes>(({ content }) => content.language)
  @Field(() => LanguageTagScalar, { nullable: true, description: 'If told.' })
  language: string | null;

  @Derived<ConversationNotes>(({ content }) => content)
  @Field(() => NarrativeReportConversation, { description: 'As it was written last.' })
  conversation: NarrativeReportConversation;

  @Field(() => ConversationSides, { description: 'Who wrote last.' })
  writtenBy: ConversationSide;

  @Field(() => DateTimeScalar)
  writtenAt: Date;

  @Field(() => DateTimeScalar)
  draftedAt: Date;

  @Derived<ConversationNotes>((row) => row.confirmedAt ?? null)
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the grantee made a report of it. Null for the funder, who learns of a report by its share.',
  })
  confirmedAt: Date | null;

  @Edge<ConversationNotes, object>(reportById, (row) => row.reportId ?? null)
  @Field(() => NarrativeReportType, {
    nullable: true,
    description: 'The report that the grantee made of it: null for the funder.',
  })
  report: NarrativeReportType | null;

  @Field(() => Int, { description: 'The number of the newest text: 1 when drafted, one more with each revision.' })
  version: number;
}

export const ConversationNotesConnection = connectionOf(() => ConversationNotesType, 'ConversationNotes');

@ObjectType('ConversationNotesVersion', { description: 'What one side wrote. Nobody can change it; both can read it.' })
export class ConversationNotesVersionType {
  @Field(() => Int)
  number: number;

  @Field(() => ConversationSides)
  writtenBy: ConversationSide;

  @Field(() => DateTimeScalar)
  writtenAt: Date;

  @Derived<ConversationNotesVersion>(({ content }) => content.language)
  @Field(() => LanguageTagScalar, { nullable: true })
  language: string | null;

  @Derived<ConversationNotesVersion>(({ content }) => content)
  @Field(() => NarrativeReportConversation)
  conversation: NarrativeReportConversation;
}

export const ConversationNotesVersionConnection = connectionOf(
  () => ConversationNotesVersionType,
  'ConversationNotesVersion',
);

@ObjectType({ isAbstract: true })
abstract class NotesPayload extends Payload {
  @PayloadEntity(() => ConversationNotesType, conversationNotesById)
  conversationNotes: ConversationNotesType | null;
}

@ObjectType()
export class DraftConversationNotesPayload extends NotesPayload {}

@ObjectType()
export class ReviseConversationNotesPayload extends NotesPayload {}

@ObjectType()
export class ConfirmConversationNotesPayload extends Payload {
  @PayloadEntity(() => NarrativeReportType, reportById, 'The submitted report.')
  narrativeReport: NarrativeReportType | null;
}
