import { Injectable } from '@nestjs/common';
import type { LoaderDefinition } from '../../platform/api/loader.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { insertRow } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import type { DutyKind } from './duty-record.entity.js';
import { DutyRecordRow } from './duty-record.entity.js';
import type { Duty, DutyCounts, FundersDuty, RecordYear } from './duty-record.rules.js';
import { publishable, yearToFreeze } from './duty-record.rules.js';
import { publishedRecords } from './duty-records.loaders.js';
import type { DutyRecord } from './duty-record.type.js';
import { markYear } from './duty-records.store.js';

/** All duties of that kind whose last day lies in the year, as they stood at its end. */
export type ReadYear = (tx: Tx, year: RecordYear) => Promise<FundersDuty[]>;

const PUBLISHED: Readonly<Record<DutyKind, LoaderDefinition<string, DutyRecordRow[]>>> = {
  REPORT_RESPONSE: publishedRecords('REPORT_RESPONSE'),
  OBSTACLE_RESPONSE: publishedRecords('OBSTACLE_RESPONSE'),
};

/** Records of how funders keep a duty: counted for those it concerns, and once a year frozen for everybody. */
@Injectable()
export class DutyRecords {
  constructor(private readonly jobs: Jobs) {}

  async of(
    context: RequestContext,
    duty: DutyKind,
    live: LoaderDefinition<string, DutyCounts>,
    funderId: string,
  ): Promise<DutyRecord> {
    const [counted, published] = await Promise.all([
      context.load(live, funderId),
      context.load(PUBLISHED[duty], funderId),
    ]);
    return { live: counted, published: published! };
  }

  /** Each day it is asked whether a year is over that was not frozen; so a node that slept through January does it later. */
  freezeYearly(duty: DutyKind, read: ReadYear): void {
    const task = `freeze_${duty.toLowerCase()}_records`;
    this.jobs.schedule(task, '41 4 * * *', () => async (tx) => {
      await this.freeze(tx, duty, read);
      return false;
    });
  }

  private async freeze(tx: Tx, duty: DutyKind, read: ReadYear): Promise<void> {
    const year = yearToFreeze(tx.now);
    if (!(await markYear(tx, duty, year.year))) return;
    const byFunder = new Map<string, Duty[]>();
    for (const each of await read(tx, year)) {
      const theirs = byFunder.get(each.funderId);
      if (theirs) theirs.push(each);
      else byFunder.set(each.funderId, [each]);
    }
    for (const [funderId, duties] of byFunder) {
      const record = publishable(duties, year.asOf);
      if (record) insertRow(tx, DutyRecordRow, { funderId, duty, year: year.year, ...record });
    }
  }
}
