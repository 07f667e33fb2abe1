import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Requires } from '../../platform/access/requires.js';
import { ConnectionArgs } from '../../platform/api/connection.js';
import type { Page } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import type { ListedSuggestion } from './suggestion.type.js';
import {
  DismissSuggestionPayload,
  LogSuggestedObstaclePayload,
  ObstacleSuggestionConnection,
  ObstacleSuggestionType,
} from './suggestion.type.js';
import { DismissSuggestionInput, LogSuggestedObstacleInput } from './suggestions.inputs.js';
import { Suggestions } from './suggestions.service.js';

@Resolver(() => ObstacleSuggestionType)
export class SuggestionsResolver {
  constructor(private readonly suggestions: Suggestions) {}

  @Requires('GRANTEE')
  @Query(() => ObstacleSuggestionConnection, {
    name: 'obstacleSuggestions',
    description:
      "What may have been an obstacle, from facts of the caller's own agreements and shares, the newest first: money at least 7 days late, an adverse amendment, notice waived or short, a legal hold, an answer overdue, a transfer cost borne. Each fact once: what was logged or dismissed is gone. Of each kind the newest 200 are looked at. Imported history suggests nothing.",
  })
  list(@Args() page: ConnectionArgs, @Context() context: RequestContext): Promise<Page<ListedSuggestion>> {
    return this.suggestions.list(context, page);
  }

  @Requires('GRANTEE')
  @Mutation(() => LogSuggestedObstaclePayload, {
    description:
      'Logs what is suggested, for those the tier names; sent again it answers the first obstacle. Logged as AGGREGATE_ONLY, other lines of keys are still made the suggestion. Errors: NOT_FOUND, SUGGESTION_DISMISSED, STEWARD_NOT_DECLARED, STEWARD_IS_CONCERNED, UNKNOWN_OBSTACLE_CODE, DATE_OUT_OF_RANGE. Notices: SUBMISSION_DIFFERS, beside the first obstacle, when this call says something else.',
  })
  logSuggestedObstacle(
    @Args('input') input: LogSuggestedObstacleInput,
    @Context() { actor, locale }: RequestContext,
  ): Promise<Answer> {
    return this.suggestions.log(actor, input, locale);
  }

  @Requires('GRANTEE')
  @Mutation(() => DismissSuggestionPayload, {
    description:
      "It was no obstacle, or none to log: it is not suggested again to the caller's line of keys, and nobody else learns of it. Again is no error. Errors: NOT_FOUND, SUGGESTION_ALREADY_LOGGED.",
  })
  dismissSuggestion(
    @Args('input') input: DismissSuggestionInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.suggestions.dismiss(actor, input);
  }
}
