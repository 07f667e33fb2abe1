import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/db/transaction.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { tellOfClosing } from './entries.store.js';

export const CLOSED_TO_STEWARD = 'tell_of_entries_closed_to_steward';
const TOLD_AT_ONCE = 100;

/**
 * Owners of CONFIDENTIAL entries are told, in their own streams, when the steward may not read an entry any more. It is
 * closed already: this only tells. It runs each minute whether or not anything was named, so that it is no mark.
 */
@Injectable()
export class ClosedEntries implements OnModuleInit {
  constructor(private readonly jobs: Jobs) {}

  onModuleInit(): void {
    this.jobs.schedule(CLOSED_TO_STEWARD, '* * * * *', () => (tx) => this.tell(tx));
  }

  private async tell(tx: Tx): Promise<boolean> {
    return (await tellOfClosing(tx, TOLD_AT_ONCE)) === TOLD_AT_ONCE;
  }
}
