import type { Type } from '@nestjs/common';
import { applyDecorators } from '@nestjs/common';
import { Field, ObjectType } from '@nestjs/graphql';
import type { Answer } from '../idempotency/mutations.service.js';
import { MOST_NOTICES } from '../notices/notice.js';
import { Derived, Edge } from './derived.js';
import type { LoaderDefinition } from './loader.js';
import { NoticeType, noticeAnswer } from './notice.type.js';
import { UserError } from './user-error.js';

type Row = Partial<Answer> & { readonly userErrors?: readonly Record<string, unknown>[] };

/** What every mutation answers besides its entity. */
@ObjectType({ isAbstract: true })
export abstract class Payload {
  @Derived<Row>((row) => row.userErrors ?? [])
  @Field(() => [UserError], {
    description:
      'Empty when it worked; otherwise why not, and nothing was changed. At most 50: the last one is `MORE_ERRORS` when there are more.',
  })
  userErrors: readonly Record<string, unknown>[];

  @Derived<Row>((row, { locale }) => (row.notices ?? []).map((notice) => noticeAnswer(notice, locale)))
  @Field(() => [NoticeType], {
    description: `What to know beside what was done, at most ${MOST_NOTICES}. Empty when it was refused.`,
  })
  notices: readonly NoticeType[];
}

/** The entity a mutation made or changed, read again as the caller may see it now; null when it was refused. */
export function PayloadEntity(
  type: () => Type,
  loader: LoaderDefinition<string, object>,
  description?: string,
): PropertyDecorator {
  return applyDecorators(
    Edge<Row, object>(loader, (row) => row.id ?? null),
    Field(type, { nullable: true, ...(description && { description }) }),
  );
}
