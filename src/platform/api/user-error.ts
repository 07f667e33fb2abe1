import { Field, Int, InterfaceType, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { ErrorCode, Locale } from '../errors/codes.js';
import { ErrorCodes, aboutRequest, messageOf } from '../errors/codes.js';
import type { Reason } from '../errors/refusal.js';

registerEnumType(ErrorCodes, {
  name: 'ErrorCode',
  description: 'Why something was refused. Codes never change; messages may.',
});

@InterfaceType({
  description: 'One reason why a mutation was refused. Nothing was changed.',
  resolveType: (value: { __typename: string }) => value.__typename,
})
export abstract class UserError {
  @Field(() => ErrorCodes)
  code: ErrorCode;

  @Field(() => String, { description: 'For people, in the language of `Accept-Language` (English, Vietnamese).' })
  message: string;

  @Field(() => [String], { nullable: true, description: 'Where in the input: field names and list positions.' })
  path: readonly string[] | null;

  @Field(() => String, {
    description: 'Of this request, as its header `x-request-id`: quote it when you ask the operator about it.',
  })
  requestId: string;

  @Field(() => Boolean, {
    description:
      'Whether the same call may succeed later without being changed: send it again with the same `idempotencyKey`.',
  })
  retryable: boolean;
}

@ObjectType({ implements: () => [UserError], description: 'A refusal that needs no data beyond its code.' })
export class RefusalError extends UserError {}

@ObjectType({
  implements: () => [UserError],
  description: '`STALE_VERSION`: somebody else changed it since you read it.',
})
export class StaleVersionError extends UserError {
  @Field(() => Int, { description: 'The version it has now.' })
  currentVersion: number;
}

@ObjectType({
  implements: () => [UserError],
  description: '`DUPLICATE_IDENTIFIER`: another organization, which the caller may see, has this identifier CONFIRMED.',
})
export class DuplicateIdentifierError extends UserError {
  @Field(() => String, { description: 'The id of the organization that holds it.' })
  organizationId: string;
}

const TYPE_OF: Partial<Record<ErrorCode, string>> = {
  STALE_VERSION: 'StaleVersionError',
  DUPLICATE_IDENTIFIER: 'DuplicateIdentifierError',
};
export const USER_ERROR_TYPES = [RefusalError, StaleVersionError, DuplicateIdentifierError];

/** So many in one answer. Who made a thousand mistakes mends the first of them first. */
const MOST_USER_ERRORS = 50;

/** Whoever asks now: a reason is kept nowhere with these. */
interface Told {
  readonly locale: Locale;
  readonly requestId: string;
}

/** The reasons as an answer has them; the last one tells when there are more than the answer holds. */
export function userErrors(reasons: readonly Reason[], told: Told): Record<string, unknown>[] {
  const isCut = reasons.length > MOST_USER_ERRORS;
  const first = isCut ? reasons.slice(0, MOST_USER_ERRORS - 1) : reasons;
  const more: Reason[] = isCut ? [{ code: 'MORE_ERRORS', parameters: { more: reasons.length - first.length } }] : [];
  return [...first, ...more].map((reason) => userError(reason, told));
}

/** A plain object, never an `Error`: graphql-js would throw that again. */
function userError({ code, path, parameters, data }: Reason, { locale, requestId }: Told): Record<string, unknown> {
  return {
    __typename: TYPE_OF[code] ?? 'RefusalError',
    code,
    message: messageOf(code, locale, { ...data, ...parameters }),
    path: path ?? null,
    ...aboutRequest(code, requestId),
    ...data,
  };
}
