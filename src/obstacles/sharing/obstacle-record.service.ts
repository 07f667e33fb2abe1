import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { DutyRecord } from '../../funders/records/duty-record.type.js';
import { liveRecords } from '../../funders/records/duty-records.loaders.js';
import { DutyRecords } from '../../funders/records/duty-records.service.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { liveObstacleDuties, obstacleDutiesOfYear } from './obstacle-duties.store.js';

const live = liveRecords('OBSTACLE_RESPONSE', liveObstacleDuties);

/** How funders answer the obstacles that are shared with them; no other obstacle is read here. */
@Injectable()
export class ObstacleRecord implements OnModuleInit {
  constructor(private readonly records: DutyRecords) {}

  onModuleInit(): void {
    this.records.freezeYearly('OBSTACLE_RESPONSE', obstacleDutiesOfYear);
  }

  of(context: RequestContext, funderId: string): Promise<DutyRecord> {
    return this.records.of(context, 'OBSTACLE_RESPONSE', live, funderId);
  }
}
