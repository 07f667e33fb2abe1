import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor.js';
import { organizationOf } from '../../platform/access/actor.js';
import { Currencies } from '../../platform/api/currencies.service.js';
import { publicId } from '../../platform/api/ids.js';
import type { Page, PageArguments } from '../../platform/api/page.js';
import { readPage } from '../../platform/api/page.js';
import { insertRow, updateRow } from '../../platform/db/columns.js';
import { CursorCipher } from '../../platform/db/cursor.service.js';
import { expectVersion } from '../../platform/db/expect-version.js';
import type { Reader } from '../../platform/db/reader.js';
import type { Tx } from '../../platform/db/transaction.js';
import { notFound, refuse } from '../../platform/errors/refusal.js';
import type { Answer, Outcome } from '../../platform/idempotency/mutations.service.js';
import { Mutations, inputHash } from '../../platform/idempotency/mutations.service.js';
import { ObstacleCodes } from '../codes/obstacle-codes.service.js';
import type { Tier } from '../obstacle.lifecycle.js';
import { decide, opens } from '../obstacle.lifecycle.js';
import { monthLimits, monthOf } from '../obstacle.rules.js';
import { readersOf } from '../obstacles.store.js';
import { ObstacleSharing } from '../sharing/obstacle-sharing.service.js';
import type { ObstacleEvent } from './entries.store.js';
import { eventList, findSubmission, lockEntry, nextInStream, versionOf } from './entries.store.js';
import { EntryRow } from './entry.entity.js';
import type { Ground } from './grounding.store.js';
import { findGround } from './grounding.store.js';
import type { LogObstacleInput, OpenObstacleTierInput } from './obstacle-log.inputs.js';
import { ObstacleEventRow, SubmissionRow } from './owner-records.entity.js';

export type { ObstacleEvent };

/** What a grantee's calls about its obstacles leave behind lies with the obstacles. */
export const OUTCOMES = 'obstacles.idempotency_outcomes';

/** The owner's log. Nothing here locks, writes or waits for anything that somebody else could notice. */
@Injectable()
export class ObstacleLog {
  constructor(
    private readonly mutations: Mutations,
    private readonly currencies: Currencies,
    private readonly cipher: CursorCipher,
    private readonly codes: ObstacleCodes,
    private readonly sharing: ObstacleSharing,
  ) {}

  events(actor: Actor, reader: Reader, page: PageArguments): Promise<Page<ObstacleEvent>> {
    return readPage(reader, this.cipher, { ...eventList(readersOf(actor)), arguments: page });
  }

  log(actor: Actor, input: LogObstacleInput): Promise<Answer> {
    const work = async (tx: Tx): Promise<Outcome> => {
      const organizationId = organizationOf(actor);
      const seq = await nextInStream(tx, organizationId);
      const first = await this.firstSubmission(tx, input);
      if (first) return first;

      const ground = await this.ground(tx, input);
      await this.checkCodes(tx, input, ground);
      this.checkSteward(input.tier, ground);
      const entry = { ...this.contentOf(tx, input), organizationId, readerId: readerOf(actor, input.tier) };
      const { id, readerId } = entry;
      insertRow(tx, EntryRow, {
        ...entry,
        tier: input.tier,
        state: 'LOGGED',
        funderId: ground?.funderId ?? null,
        agreementId: ground?.agreementId ?? null,
        loggedAt: tx.now,
        updatedAt: tx.now,
      });
      const { clientSubmissionId } = input;
      if (clientSubmissionId) {
        const contentHash = contentHashOf(input);
        insertRow(tx, SubmissionRow, { readerId, clientSubmissionId, organizationId, obstacleId: id, contentHash });
      }
      this.note(tx, 'OBSTACLE_LOGGED', seq, { ...entry });
      if (input.tier === 'SHARED') {
        this.sharing.share(tx, { ...entry, agreementId: ground!.agreementId }, ground!.funderId, ground!);
      }
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
        throw refuse('TIER_CANNOT_CLOSE', { path: ['tier'], parameters: { from: entry.tier, to: tier } });
      }
      expectVersion(entry, input.expectedVersion);
      if (decide(entry.state, entry.tier, 'OPEN_TIER') === null) {
        throw refuse('ACTION_NOT_ALLOWED', { path: ['id'], parameters: { action: 'OPEN_TIER', state: entry.state } });
      }
      const ground = await this.ground(tx, entry.funderId ? entry : input);
      if (tier === 'SHARED' && !ground) throw refuse('FUNDER_NEEDED', { path: ['funderId'] });
      this.checkSteward(tier, ground);
      const seq = await nextInStream(tx, entry.organizationId);
      const opened = {
        readerId: entry.organizationId,
        funderId: entry.funderId ?? ground?.funderId ?? null,
        agreementId: entry.agreementId ?? ground?.agreementId ?? null,
      };
      updateRow(tx, EntryRow, { id: entry.id, ...opened, tier, version, updatedAt: tx.now });
      this.note(tx, `OBSTACLE_OPENED_TO_${tier}`, seq, { ...entry, ...opened });
      if (tier === 'SHARED') this.sharing.share(tx, { ...entry, ...opened }, ground!.funderId, ground!);
      return { id: entry.id, version };
    };
    return this.mutations.run(actor, 'openObstacleTier', input, work, OUTCOMES);
  }

  /** Into the owner's stream, which nobody else has. */
  note(tx: Tx, type: string, seq: bigint, { id, organizationId, readerId }: Noted): void {
    insertRow(tx, ObstacleEventRow, {
      id: tx.newHiddenId(),
      organizationId,
      readerId,
      seq,
      type,
      at: tx.now,
      obstacleId: id,
    });
  }

  /** Answers what was sent first under this id, with a notice when this is something else. */
  private async firstSubmission(tx: Tx, input: LogObstacleInput): Promise<Outcome | null> {
    const { clientSubmissionId } = input;
    const first = clientSubmissionId ? await findSubmission(tx, readersOf(tx.actor), clientSubmissionId) : null;
    if (!first) return null;
    const id = first.obstacleId;
    const version = await versionOf(tx, id);
    if (first.contentHash.equals(contentHashOf(input))) return { id, version };
    const data = { reportId: publicId('obstacle', id), version };
    return { id, version, notices: [{ code: 'SUBMISSION_DIFFERS', path: ['clientSubmissionId'], data }] };
  }

  /** The funder concerned must be one of the caller's: every entry that names one is grounded. */
  private async ground(tx: Tx, named: Named): Promise<Ground | null> {
    if (!named.agreementId && !named.funderId) return null;
    const ground = await findGround(tx, named);
    const path = [named.agreementId ? 'agreementId' : 'funderId'];
    if (!ground) throw refuse('NOT_GROUNDED', { path });
    if (named.funderId && named.funderId !== ground.funderId) throw refuse('NOT_GROUNDED', { path: ['funderId'] });
    return ground;
  }

  private async checkCodes(tx: Tx, { code, otherCodes, tier }: LogObstacleInput, ground: Ground | null): Promise<void> {
    const codes = await this.codes.check(tx, code, otherCodes ?? []);
    const isAboutFunder = tier === 'SHARED' || codes.some(({ kind }) => kind === 'FUNDER');
    if (isAboutFunder && !ground) throw refuse('FUNDER_NEEDED', { path: ['funderId'] });
  }

  /** What the steward could read must not be about the steward. */
  private checkSteward(tier: Tier, ground: Ground | null): void {
    if (tier === 'CONFIDENTIAL' && ground?.isSteward) throw refuse('STEWARD_IS_CONCERNED', { path: ['tier'] });
  }

  private contentOf(tx: Tx, input: LogObstacleInput) {
    const { code, text, impact } = input;
    const { least, most } = monthLimits(tx.now);
    const beganMonth = monthOf(input.beganMonth);
    if (beganMonth < least || beganMonth > most) {
      throw refuse('DATE_OUT_OF_RANGE', { path: ['beganMonth'], parameters: { least, most } });
    }
    const cost = impact?.cost ? this.currencies.read(impact.cost, ['impact', 'cost']) : null;
    return {
      id: tx.newHiddenId(),
      code,
      otherCodes: input.otherCodes ?? [],
      beganMonth,
      text,
      delayDays: impact?.delayDays ?? null,
      costMinor: cost?.minor ?? null,
      costCurrency: cost?.currency ?? null,
      hoursLost: impact?.hoursLost ?? null,
    };
  }
}

type Noted = Pick<EntryRow, 'id' | 'organizationId' | 'readerId'>;
interface Named {
  readonly funderId?: string | null;
  readonly agreementId?: string | null;
}

function readerOf(actor: Actor, tier: Tier): string {
  return tier === 'AGGREGATE_ONLY' ? actor.lineageId! : organizationOf(actor);
}

function contentHashOf({ clientSubmissionId: _, ...content }: LogObstacleInput): Buffer {
  return inputHash(content);
}
