import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionOf } from '../../platform/api/connection.js';
import { Payload, PayloadEntity } from '../../platform/api/payload.js';
import { DateTimeScalar } from '../../platform/api/scalars/scalars.js';
import { ReportShareType } from '../shares/report-share.type.js';
import { shareById } from '../shares/report-shares.loaders.js';

export const ReplyAuthors = { FUNDER: 'FUNDER', GRANTEE: 'GRANTEE' } as const;
registerEnumType(ReplyAuthors, { name: 'ReportReplyAuthor' });

@ObjectType({ description: 'Something either side said after the answer. Seen by both, and never rewritten.' })
export class ReportReply {
  @Field(() => Int, { description: 'Its place in the talk, from 1.' })
  number: number;

  @Field(() => ReplyAuthors)
  author: keyof typeof ReplyAuthors;

  @Field(() => String)
  text: string;

  @Field(() => DateTimeScalar)
  writtenAt: Date;
}

export const ReportReplyConnection = connectionOf(() => ReportReply, 'ReportReply');

@ObjectType({ isAbstract: true })
abstract class AnsweredSharePayload extends Payload {
  @PayloadEntity(() => ReportShareType, shareById)
  reportShare: ReportShareType | null;
}

@ObjectType()
export class RespondToReportPayload extends AnsweredSharePayload {}

@ObjectType()
export class ReplyToReportResponsePayload extends AnsweredSharePayload {}

@ObjectType()
export class RateReportResponsePayload extends AnsweredSharePayload {}
