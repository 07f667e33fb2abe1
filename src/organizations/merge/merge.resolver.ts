import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Requires } from '../../platform/access/requires.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { MergeOrganizationsInput } from './merge.inputs.js';
import type { MergeAnswer } from './merge.service.js';
import { Merge } from './merge.service.js';
import { MergeOrganizationsPayload } from './merge.type.js';

@Resolver()
export class MergeResolver {
  constructor(private readonly merge: Merge) {}

  @Requires('STEWARD')
  @Mutation(() => MergeOrganizationsPayload, {
    description: 'Makes one organization of two. Try it with `dryRun` first. Errors: NOT_FOUND, MERGE_REFUSED.',
  })
  mergeOrganizations(
    @Args('input') input: MergeOrganizationsInput,
    @Context() { actor }: RequestContext,
  ): Promise<MergeAnswer> {
    return this.merge.merge(actor, input);
  }
}
