import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { FunderType } from '../../funders/funder.type.js';
import { Public, Requires } from '../../platform/access/requires.js';
import type { Page } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import {
  PracticeChangeConnection,
  PracticeChangeType,
  PublishPracticeChangePayload,
  RetractPracticeChangePayload,
} from './practice-change.type.js';
import {
  PracticeChangesArgs,
  PracticeChangesOfFunderArgs,
  PublishPracticeChangeInput,
  RetractPracticeChangeInput,
} from './practice-changes.inputs.js';
import type { PracticeChange } from './practice-changes.service.js';
import { PracticeChanges } from './practice-changes.service.js';

@Resolver(() => PracticeChangeType)
export class PracticeChangesResolver {
  constructor(private readonly changes: PracticeChanges) {}

  @Public()
  @Query(() => PracticeChangeConnection, {
    name: 'practiceChanges',
    description: 'What funders say they changed, the newest first. Readable without a key.',
  })
  list(@Args() list: PracticeChangesArgs, @Context() context: RequestContext): Promise<Page<PracticeChange>> {
    return this.changes.list(context, list);
  }

  @Requires('FUNDER')
  @Mutation(() => PublishPracticeChangePayload, {
    description:
      '"You said, we did": published at once, readable by everybody, and retracted rather than edited. It answers no obstacle (see `respondToObstacle`). Errors: UNKNOWN_OBSTACLE_CODE, TOO_FEW_ITEMS, TOO_MANY_ITEMS, INVALID_VALUE, DATE_OUT_OF_RANGE, TEXT_TOO_SHORT.',
  })
  publishPracticeChange(
    @Args('input') input: PublishPracticeChangeInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.changes.publish(actor, input);
  }

  @Requires('FUNDER')
  @Mutation(() => RetractPracticeChangePayload, {
    description:
      'Takes it back: nobody but its funder finds it from now on. Errors: NOT_FOUND, STALE_VERSION, PRACTICE_CHANGE_ALREADY_RETRACTED.',
  })
  retractPracticeChange(
    @Args('input') input: RetractPracticeChangeInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.changes.retract(actor, input);
  }
}

/** `Funder.practiceChanges`. */
@Resolver(() => FunderType)
export class PracticeChangesOfFunderResolver {
  constructor(private readonly changes: PracticeChanges) {}

  @ResolveField(() => PracticeChangeConnection, {
    nullable: true,
    description:
      'What it says it changed, the newest first. Public; those it retracted only for itself, when asked for.',
  })
  practiceChanges(
    @Parent() { id }: { readonly id: string },
    @Args() list: PracticeChangesOfFunderArgs,
    @Context() context: RequestContext,
  ): Promise<Page<PracticeChange> | null> {
    return this.changes.below(context, id, list);
  }
}
