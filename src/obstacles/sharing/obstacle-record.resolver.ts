import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { FunderType } from '../../funders/funder.type.js';
import type { DutyRecord } from '../../funders/records/duty-record.type.js';
import { DutyRecordType } from '../../funders/records/duty-record.type.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { ObstacleRecord } from './obstacle-record.service.js';

/** `Funder.obstacleRecord`. */
@Resolver(() => FunderType)
export class FunderObstacleRecordResolver {
  constructor(private readonly record: ObstacleRecord) {}

  @ResolveField(() => DutyRecordType, {
    description:
      'How it answers the obstacles that grantees share with it by name. What is confidential is in no figure of it.',
  })
  obstacleRecord(@Parent() { id }: { readonly id: string }, @Context() context: RequestContext): Promise<DutyRecord> {
    return this.record.of(context, id);
  }
}
