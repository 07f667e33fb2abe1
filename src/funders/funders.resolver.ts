import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Viewer } from '../organizations/viewer.type.js';
import type { Actor } from '../platform/access/actor.js';
import { Public, Requires } from '../platform/access/requires.js';
import { ConnectionArgs } from '../platform/api/connection.js';
import { loadById } from '../platform/api/loader.js';
import type { Page } from '../platform/api/page.js';
import type { RequestContext } from '../platform/api/request-context.js';
import type { Answer } from '../platform/idempotency/mutations.service.js';
import { FunderConnection, FunderType, SetReportPromptsPayload, UpdateFunderProfilePayload } from './funder.type.js';
import { SetReportPromptsInput, UpdateFunderProfileInput } from './funders.inputs.js';
import { funderById } from './funders.loaders.js';
import { Funders } from './funders.service.js';
import type { Funder } from './funders.store.js';

@Resolver(() => FunderType)
export class FundersResolver {
  constructor(private readonly funders: Funders) {}

  @Public()
  @Query(() => FunderType, { nullable: true, description: 'A funder by its id; null when there is none.' })
  funder(@Args('id', { type: () => ID }) id: string, @Context() context: RequestContext): Promise<Funder | null> {
    return loadById(context, funderById, 'funder', id);
  }

  @Public()
  @Query(() => FunderConnection, { name: 'funders', description: 'The directory of funders, by name.' })
  list(@Args() page: ConnectionArgs, @Context() { reader }: RequestContext): Promise<Page<Funder>> {
    return this.funders.list(reader, page);
  }

  @Requires('FUNDER')
  @Mutation(() => UpdateFunderProfilePayload, {
    description: "Changes the caller's own profile. Errors: STALE_VERSION.",
  })
  updateFunderProfile(
    @Args('input') input: UpdateFunderProfileInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.funders.updateProfile(actor, input);
  }

  @Requires('FUNDER')
  @Mutation(() => SetReportPromptsPayload, {
    description: 'Sets the own report prompts. Errors: STALE_VERSION, TOO_MANY_ITEMS.',
  })
  setReportPrompts(@Args('input') input: SetReportPromptsInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.funders.setReportPrompts(actor, input);
  }
}

/** `viewer.asFunder`: the caller's own face as a funder. */
@Resolver(() => Viewer)
export class ViewerAsFunderResolver {
  @ResolveField(() => FunderType, { nullable: true, description: 'Null unless the key is a FUNDER key.' })
  asFunder(
    @Parent() { role, organizationId }: Actor,
    @Context() context: RequestContext,
  ): Promise<Funder | null> | null {
    return role === 'FUNDER' && organizationId ? context.load(funderById, organizationId) : null;
  }
}
