import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Requires } from '../../platform/access/requires.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import { AcknowledgeObstacleInput, RespondToObstacleInput } from './obstacle-responses.inputs.js';
import { ObstacleResponses } from './obstacle-responses.service.js';
import { AcknowledgeObstaclePayload, RespondToObstaclePayload } from './obstacle-responses.type.js';

@Resolver()
export class ObstacleResponsesResolver {
  constructor(private readonly responses: ObstacleResponses) {}

  @Requires('FUNDER')
  @Mutation(() => AcknowledgeObstaclePayload, {
    description:
      'Says that it was read; the answer is still owed. Errors: NOT_FOUND, STALE_VERSION, ACTION_NOT_ALLOWED.',
  })
  acknowledgeObstacle(
    @Args('input') input: AcknowledgeObstacleInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.responses.acknowledge(actor, input);
  }

  @Requires('FUNDER')
  @Mutation(() => RespondToObstaclePayload, {
    description:
      'Says what will change, and by when. Whether that resolved it, the grantee says. Errors: NOT_FOUND, STALE_VERSION, ACTION_NOT_ALLOWED, DATE_OUT_OF_RANGE.',
  })
  respondToObstacle(
    @Args('input') input: RespondToObstacleInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.responses.respond(actor, input);
  }
}
