import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { DutyRecord } from '../../funders/records/duty-record.type.js';
import { liveRecords } from '../../funders/records/duty-records.loaders.js';
import { DutyRecords } from '../../funders/records/duty-records.service.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { liveResponseDuties, responseDutiesOfYear } from './report-responses.store.js';

const live = liveRecords('REPORT_RESPONSE', liveResponseDuties);

/** How funders answer the reports that are shared with them. */
@Injectable()
export class ResponseRecord implements OnModuleInit {
  constructor(private readonly records: DutyRecords) {}

  onModuleInit(): void {
    this.records.freezeYearly('REPORT_RESPONSE', responseDutiesOfYear);
  }

  of(context: RequestContext, funderId: string): Promise<DutyRecord> {
    return this.records.of(context, 'REPORT_RESPONSE', live, funderId);
  }
}
