import { Injectable } from '@nestjs/common';
import { organizationOf } from '../../platform/access/actor.js';
import { publicId } from '../../platform/api/ids.js';
import { Currencies } from '../../platform/api/currencies.service.js';
import { insertRow } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import { refuse } from '../../platform/errors/refusal.js';
import { Stewardship } from '../../organizations/stewardship/stewardship.service.js';
import type { Outcome } from '../../platform/idempotency/mutations.service.js';
import { submissionDiffers } from '../../platform/notices/notice.js';
import { ObstacleCodes } from '../codes/obstacle-codes.service.js';
import type { Tier } from '../obstacle.lifecycle.js';
import { monthLimits, monthOf } from '../obstacle.rules.js';
import { ObstacleSharing } from '../sharing/obstacle-sharing.service.js';
import type { Place, Submission } from './entries.store.js';
import { versionOf } from './entries.store.js';
import { EntryRow } from './entry.entity.js';
import type { Ground } from './grounding.store.js';
import { findGround } from './grounding.store.js';
import type { LogObstacleInput } from './obstacle-log.inputs.js';
import { ObstacleEventRow } from './owner-records.entity.js';

/** What a grantee says, in its own words or by taking up a suggestion. */
export type NewEntry = Omit<LogObstacleInput, 'clientSubmissionId' | 'idempotencyKey'>;
type Noted = Pick<EntryRow, 'id' | 'organizationId' | 'readerId'>;
type Concerned = Pick<EntryRow, 'funderId' | 'sponsorId'>;
interface Named {
  readonly funderId?: string | null;
  readonly agreementId?: string | null;
}

/** Puts entries into the log, whoever words them: checked against the codes, grounded, and shared where the tier says so. */
@Injectable()
export class ObstacleEntries {
  constructor(
    private readonly currencies: Currencies,
    private readonly codes: ObstacleCodes,
    private readonly sharing: ObstacleSharing,
    private readonly stewardship: Stewardship,
  ) {}

  /** Answers its id. `place` is where its event stands in the owner's stream. */
  async enter(tx: Tx, input: NewEntry, place: Place): Promise<string> {
    const { tier } = input;
    const ground = await this.ground(tx, input);
    await this.checkCodes(tx, input, ground);
    await this.checkSteward(tx, tier, ground);
    const { organizationId, readerId } = ownerOf(tx, tier);
    const entry = { ...this.contentOf(tx, input), organizationId, readerId };
    insertRow(tx, EntryRow, {
      ...entry,
      tier,
      state: 'LOGGED',
      funderId: ground?.funderId ?? null,
      agreementId: ground?.agreementId ?? null,
      sponsorId: ground?.sponsorId ?? null,
      loggedAt: tx.now,
      updatedAt: tx.now,
    });
    this.note(tx, 'OBSTACLE_LOGGED', place, entry);
    if (tier === 'SHARED') {
      this.sharing.share(tx, { ...entry, agreementId: ground!.agreementId }, ground!.funderId, ground!);
    }
    return entry.id;
  }

  /** What was sent first stays; when this is something else, a notice says so. */
  async answerFirst(tx: Tx, first: Submission, contentHash: Buffer, path: string): Promise<Outcome> {
    const id = first.obstacleId;
    const version = await versionOf(tx, id);
    if (first.contentHash.equals(contentHash)) return { id, version };
    return { id, version, notices: [submissionDiffers(path, publicId('obstacle', id), version)] };
  }

  /** Into the owner's stream, which nobody else has. */
  note(tx: Tx, type: string, place: Place, { id, organizationId, readerId }: Noted): void {
    const event = { id: tx.newHiddenId(), organizationId, readerId, ...place, type, at: tx.now, obstacleId: id };
    insertRow(tx, ObstacleEventRow, event);
  }

  /** The funder concerned must be one of the caller's: every entry that names one is grounded. */
  async ground(tx: Tx, named: Named): Promise<Ground | null> {
    if (!named.agreementId && !named.funderId) return null;
    const ground = await findGround(tx, named);
    const path = [named.agreementId ? 'agreementId' : 'funderId'];
    if (!ground) throw refuse('NOT_GROUNDED', { path });
    if (named.funderId && named.funderId !== ground.funderId) throw refuse('NOT_GROUNDED', { path: ['funderId'] });
    return ground;
  }

  /** What the steward could read must not be about the steward, so it must be known whose steward it is. */
  async checkSteward(tx: Tx, tier: Tier, concerned: Concerned | null): Promise<void> {
    if (tier !== 'CONFIDENTIAL') return;
    const { isDeclared, isConcerned } = await this.stewardship.about(tx, [
      concerned?.funderId ?? null,
      concerned?.sponsorId ?? null,
    ]);
    if (!isDeclared) throw refuse('STEWARD_NOT_DECLARED', { path: ['tier'] });
    if (isConcerned) throw refuse('STEWARD_IS_CONCERNED', { path: ['tier'] });
  }

  private async checkCodes(tx: Tx, { code, otherCodes, tier }: NewEntry, ground: Ground | null): Promise<void> {
    const codes = await this.codes.check(tx, code, otherCodes ?? []);
    const isAboutFunder = tier === 'SHARED' || codes.some(({ kind }) => kind === 'FUNDER');
    if (isAboutFunder && !ground) throw refuse('FUNDER_NEEDED', { path: ['funderId'] });
  }

  private contentOf(tx: Tx, input: NewEntry) {
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

/** Whose it is, and who may read it on that side: the organization, or for AGGREGATE_ONLY the line of keys alone. */
export function ownerOf({ actor }: Tx, tier: Tier): { organizationId: string; readerId: string } {
  const organizationId = organizationOf(actor);
  return { organizationId, readerId: tier === 'AGGREGATE_ONLY' ? actor.lineageId! : organizationId };
}
