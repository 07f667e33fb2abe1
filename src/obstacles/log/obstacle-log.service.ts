import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor.js';
import type { Page, PageArguments } from '../../platform/api/page.js';
import { readPage } from '../../platform/api/page.js';
import { insertRow, updateRow } from '../../platform/db/columns.js';
import { CursorCipher } from '../../platform/db/cursor.service.js';
import { readEpoch } from '../../platform/network/network-row.js';
import { expectVersion } from '../../platform/db/expect-version.js';
import { Database } from '../../platform/db/database.service.js';
import type { Tx } from '../../platform/db/transaction.js';
import { actionNotAllowed, notFound, refuse } from '../../platform/errors/refusal.js';
import type { Answer, Outcome } from '../../platform/idempotency/mutations.service.js';
import { HIDDEN_OUTCOMES, Mutations, inputHash } from '../../platform/idempotency/mutations.service.js';
import { decide, opens } from '../obstacle.lifecycle.js';
import { readersOf } from '../obstacles.store.js';
import { handToOrganization } from '../suggestions/handled-facts.store.js';
import { ObstacleSharing } from '../sharing/obstacle-sharing.service.js';
import type { ObstacleEvent } from './entries.store.js';
import { eventList, findSubmission, giveBackPlace, lockEntry, lockOfLine, nextInStream } from './entries.store.js';
import { EntryRow } from './entry.entity.js';
import { ObstacleEntries, ownerOf } from './obstacle-entries.service.js';
import type { LogObstacleInput, OpenObstacleTierInput } from './obstacle-log.inputs.js';
import { SubmissionRow } from './owner-records.entity.js';

export type { ObstacleEvent };

/** What a grantee's calls about its obstacles leave behind lies with the obstacles. */
export const OUTCOMES = HIDDEN_OUTCOMES;

/** The owner's log. Nothing here locks, writes or waits for anything that somebody else could notice. */
@Injectable()
export class ObstacleLog {
  constructor(
    private readonly mutations: Mutations,
    private readonly database: Database,
    private readonly cipher: CursorCipher,
    private readonly entries: ObstacleEntries,
    private readonly sharing: ObstacleSharing,
  ) {}

  /** A key in its last day has no line, and reads nothing here. */
  async events(actor: Actor, page: PageArguments): Promise<Page<ObstacleEvent>> {
    const { lineageId } = actor;
    const reader =
      lineageId === null ? this.database.reader(actor) : this.database.lockingReader(actor, ...lockOfLine(lineageId));
    const epoch = await readEpoch(this.database.reader(actor));
    return readPage(reader, this.cipher, { ...eventList(readersOf(actor)), arguments: page, epoch });
  }

  log(actor: Actor, input: LogObstacleInput): Promise<Answer> {
    const work = async (tx: Tx): Promise<Outcome> => {
      const owner = ownerOf(tx, input.tier);
      const place = await nextInStream(tx, owner);
      const { clientSubmissionId, ...content } = input;
      const contentHash = inputHash(content);
      const first = clientSubmissionId ? await findSubmission(tx, readersOf(actor), clientSubmissionId) : null;
      if (first) {
        giveBackPlace(tx, owner);
        return this.entries.answerFirst(tx, first, contentHash, 'clientSubmissionId');
      }
      const id = await this.entries.enter(tx, content, place);
      if (clientSubmissionId)
        insertRow(tx, SubmissionRow, { ...owner, clientSubmissionId, obstacleId: id, contentHash });
      return { id, version: 1 };
    };
    return this.mutations.run(actor, 'logObstacle', input, work, OUTCOMES);
  }

  openTier(actor: Actor, input: OpenObstacleTierInput): Promise<Answer> {
    const work = async (tx: Tx): Promise<Outcome> => {
      const entry = await lockEntry(tx, input.id);
      if (!entry) throw notFound('id');
      const { tier } = input;
      const version = entry.version + 1;
      if (!opens(entry.tier, tier)) {
        throw refuse('TIER_CANNOT_CLOSE', { path: ['tier'], parameters: { fromTier: entry.tier, toTier: tier } });
      }
      expectVersion(entry, input.expectedVersion);
      if (decide(entry.state, entry.tier, 'OPEN_TIER') === null) {
        throw actionNotAllowed('OPEN_TIER', entry.state, 'id');
      }
      const ground = await this.entries.ground(tx, entry.funderId ? entry : input);
      if (tier === 'SHARED' && !ground) throw refuse('FUNDER_NEEDED', { path: ['funderId'] });
      const { organizationId } = entry;
      const opened = {
        readerId: organizationId,
        funderId: entry.funderId ?? ground?.funderId ?? null,
        agreementId: entry.agreementId ?? ground?.agreementId ?? null,
        sponsorId: entry.sponsorId ?? ground?.sponsorId ?? null,
      };
      await this.entries.checkSteward(tx, tier, opened);
      const place = await nextInStream(tx, { organizationId, readerId: organizationId });
      updateRow(tx, EntryRow, { id: entry.id, ...opened, tier, version, updatedAt: tx.now });
      this.entries.note(tx, `OBSTACLE_OPENED_TO_${tier}`, place, { ...entry, ...opened });
      handToOrganization(tx, entry.id, organizationId);
      if (tier === 'SHARED') this.sharing.share(tx, { ...entry, ...opened }, ground!.funderId, ground!);
      return { id: entry.id, version };
    };
    return this.mutations.run(actor, 'openObstacleTier', input, work, OUTCOMES);
  }
}
