import { Field, ID, Int, InterfaceType, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Locale } from '../errors/codes.js';
import type { NoticeCode } from '../notices/notice-messages.js';
import { NoticeCodes, noticeMessage } from '../notices/notice-messages.js';
import type { Notice } from '../notices/notice.js';

registerEnumType(NoticeCodes, {
  name: 'NoticeCode',
  description: 'What is told beside what was done. Codes never change; messages may, and new codes may come.',
});

@InterfaceType('Notice', {
  description:
    'What to know beside what was done. Nothing was refused. The same call sent again with its `idempotencyKey` has the same notices; where the first answer held a secret, it has `SECRET_ALREADY_SHOWN`.',
  resolveType: (value: { __typename: string }) => value.__typename,
})
export abstract class NoticeType {
  @Field(() => NoticeCodes)
  code: NoticeCode;

  @Field(() => String, { description: 'For people, in the language of `Accept-Language` (English, Vietnamese).' })
  message: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Where in the input: field names and list positions. Null when no one place of the input is meant.',
  })
  path: readonly string[] | null;
}

@ObjectType('PlainNotice', {
  implements: () => [NoticeType],
  description: 'A notice that needs no data beyond its code.',
})
class PlainNoticeType extends NoticeType {}

@ObjectType('SubmissionDiffersNotice', {
  implements: () => [NoticeType],
  description:
    '`SUBMISSION_DIFFERS`: the same was submitted before with other content. The first submission was kept, so that an edit is never lost in silence.',
})
class SubmissionDiffersNoticeType extends NoticeType {
  @Field(() => ID, { description: 'The report (`rep_…`) or obstacle (`obs_…`) that the first submission made.' })
  existingId: string;

  @Field(() => Int, { description: 'Its version when this call was first answered.' })
  version: number;
}

export const NOTICE_TYPES = [PlainNoticeType, SubmissionDiffersNoticeType];

/** As the answer has it, in the language of the request that asks now. */
export function noticeAnswer(notice: Notice, locale: Locale): Record<string, unknown> {
  const { code, path = null } = notice;
  if (code === 'SUBMISSION_DIFFERS') {
    const { existingId, version } = notice;
    const message = noticeMessage(code, locale);
    return { __typename: 'SubmissionDiffersNotice', code, message, path, existingId, version };
  }
  return { __typename: 'PlainNotice', code, message: noticeMessage(code, locale, notice.parameters), path };
}
