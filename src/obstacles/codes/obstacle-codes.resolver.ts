import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { Public } from '../../platform/access/requires.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { CodeKind, ObstacleCodeRow } from './obstacle-code.entity.js';
import { CodeKinds, ObstacleCodeType } from './obstacle-code.type.js';
import { ObstacleCodes } from './obstacle-codes.service.js';

@Resolver(() => ObstacleCodeType)
export class ObstacleCodesResolver {
  constructor(private readonly codes: ObstacleCodes) {}

  @Public()
  @Query(() => [ObstacleCodeType], {
    name: 'obstacleCodes',
    description: 'All codes, or those of one kind, in the order a form shows them. Readable without a key.',
  })
  list(
    @Args('kind', { type: () => CodeKinds, nullable: true }) kind: CodeKind | null,
    @Context() { reader }: RequestContext,
  ): Promise<ObstacleCodeRow[]> {
    return this.codes.list(reader, kind);
  }
}
