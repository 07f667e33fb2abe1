import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Public, Requires } from '../../platform/access/requires.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import type { NetworkRow } from './network.entity.js';
import { theNetwork } from './network.loaders.js';
import { DeclareNoStewardOrganizationPayload, NameStewardOrganizationPayload, NetworkType } from './network.type.js';
import { DeclareNoStewardOrganizationInput, NameStewardOrganizationInput } from './stewardship.inputs.js';
import { Stewardship } from './stewardship.service.js';

@Resolver(() => NetworkType)
export class StewardshipResolver {
  constructor(private readonly stewardship: Stewardship) {}

  @Public()
  @Query(() => NetworkType, { description: 'The network and who its steward is. Readable without a key.' })
  async network(@Context() context: RequestContext): Promise<NetworkRow> {
    return (await context.load(theNetwork, 'only'))!;
  }

  @Requires('STEWARD')
  @Mutation(() => NameStewardOrganizationPayload, {
    description:
      'Says which organization the steward belongs to. From then on and for good the steward reads nothing about that organization that was logged as CONFIDENTIAL: new entries about it are refused, older ones are closed to the steward and their owners are told. Naming another one later opens nothing again. Errors: NOT_FOUND, STALE_VERSION.',
  })
  nameStewardOrganization(
    @Args('input') input: NameStewardOrganizationInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.stewardship.nameOrganization(actor, input);
  }

  @Requires('STEWARD')
  @Mutation(() => DeclareNoStewardOrganizationPayload, {
    description:
      'Says that no organization of the steward takes part in the network. What was closed to the steward before stays closed. Errors: STALE_VERSION.',
  })
  declareNoStewardOrganization(
    @Args('input') input: DeclareNoStewardOrganizationInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.stewardship.declareNone(actor, input);
  }
}
