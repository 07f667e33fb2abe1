import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor.js';
import type { Tx } from '../../platform/db/transaction.js';
import { notFound, refuse } from '../../platform/errors/refusal.js';
import type { MergeObstacle } from '../../platform/errors/reasons.js';
import { appendEvent } from '../../platform/events/append-event.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import { Mutations } from '../../platform/idempotency/mutations.service.js';
import { lockOrganization } from '../organizations.store.js';
import type { MergeOrganizationsInput } from './merge.inputs.js';
import type { MergeFacts } from './merge.store.js';
import { mergeInto, readMergeFacts } from './merge.store.js';

export interface MergeAnswer extends Answer {
  readonly agreements?: number;
  readonly revokedKeys?: number;
  readonly isDone: boolean;
}

@Injectable()
export class Merge {
  constructor(private readonly mutations: Mutations) {}

  async merge(actor: Actor, input: MergeOrganizationsInput): Promise<MergeAnswer> {
    const { from, into, dryRun } = input;
    let facts: MergeFacts | undefined;
    const answer = await this.mutations.run(actor, 'mergeOrganizations', input, async (tx) => {
      facts = await this.check(tx, from, into);
      const { version } = (await lockOrganization(tx, into))!;
      if (dryRun) return { id: into, version };
      mergeInto(tx, from, into);
      for (const id of [from, into]) {
        appendEvent(tx, {
          type: 'ORGANIZATIONS_MERGED',
          subjectType: 'ORGANIZATION',
          subjectId: into,
          organizationId: id,
          forSteward: id === into,
        });
      }
      return { id: into, version };
    });
    return {
      ...answer,
      isDone: !dryRun,
      ...(facts && { agreements: Number(facts.agreements), revokedKeys: Number(facts.keys) }),
    };
  }

  /** Locks both, always in one order, so that two merges at once wait for each other. */
  private async check(tx: Tx, from: string, into: string): Promise<MergeFacts> {
    const no = (why: MergeObstacle, path = 'from'): Error =>
      refuse('MERGE_REFUSED', { path: [path], parameters: { why } });
    if (from === into) throw no('ONE_ALREADY');
    for (const id of [from, into].sort()) {
      const row = await lockOrganization(tx, id);
      const path = id === from ? 'from' : 'into';
      if (!row) throw notFound(path);
      if (row.mergedInto) throw no('MERGED_BEFORE', path);
    }
    const facts = await readMergeFacts(tx, from, into);
    if (facts.shareAgreement) throw no('SHARE_AGREEMENT');
    if (facts.shareSponsorship) throw no('SHARE_SPONSORSHIP');
    if (facts.isStewards) throw no('STEWARDS_OWN');
    if (facts.missingFace) throw no(`KEPT_ONE_IS_NO_${facts.missingFace}`);
    return facts;
  }
}
