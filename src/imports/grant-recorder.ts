import type { Tx } from '../platform/db/transaction.js';
import { appendEvents } from '../platform/events/append-events.js';
import type { NewEvent } from '../platform/events/append-event.js';
import { digestOf } from './grant-digest.js';
import type { ImportedGrant } from './grant-row.rules.js';
import type { GrantToRecord, Recorded } from './grants.store.js';
import { addRecorded, changeRecorded, findRecorded, noteLaterPublication } from './grants.store.js';
import type { ImportTally } from './import-summary.js';
import { ageOf } from './publication.rules.js';
import type { Parties } from './organization-matcher.js';
import { MOST_OTHER_NAMES, OrganizationMatcher, organizationEvent } from './organization-matcher.js';
import { acquaintAll, keepSpellings } from './organizations.store.js';
import { storableJson } from './storable-json.js';

/** A readable row of the file. */
export interface GrantRow {
  readonly position: number;
  readonly raw: unknown;
  readonly grant: ImportedGrant;
}
interface ChangedRow extends GrantRow {
  readonly digest: string;
  readonly before: Recorded | null;
}

/** Writes grants, batch by batch, in one transaction. */
export class GrantRecorder {
  private readonly matcher: OrganizationMatcher;

  constructor(
    private readonly tx: Tx,
    private readonly tally: ImportTally,
    private readonly fileName: string | null,
  ) {
    this.matcher = new OrganizationMatcher(tx, tally);
  }

  async record(rows: readonly GrantRow[]): Promise<void> {
    const changed = await this.changedAmong(rows);
    if (changed.length === 0) return;
    const parties = await this.matcher.match(changed.map(({ grant }) => grant));
    const grants = changed.map((row, i) => this.grantToRecord(row, parties[i]));
    const isNew = (_: GrantToRecord, i: number): boolean => changed[i].before === null;
    addRecorded(this.tx, grants.filter(isNew), this.fileName);
    changeRecorded(
      this.tx,
      grants.filter((grant, i) => !isNew(grant, i)),
      this.fileName,
    );
    acquaintAll(this.tx, unlistedPairs(parties));
    appendEvents(this.tx, [
      ...this.matcher.takeEvents(),
      ...grants.flatMap((grant, i) => eventsOf(grant, changed[i].before)),
    ]);
    // Sends what was queued.
    await this.tx.rows('SELECT 1');
    this.matcher.forgetSome();
  }

  /** After the last batch. */
  async finish(): Promise<void> {
    const renamed = await keepSpellings(this.tx, MOST_OTHER_NAMES);
    appendEvents(
      this.tx,
      renamed.map(({ id }) => organizationEvent('ORGANIZATION_UPDATED', id)),
    );
  }

  private async changedAmong(rows: readonly GrantRow[]): Promise<ChangedRow[]> {
    const unique = this.rejectRepeated(rows);
    const found = await findRecorded(
      this.tx,
      unique.map(({ position, grant: { sourceId } }) => ({ position, sourceId })),
    );
    const changed: ChangedRow[] = [];
    const republished: { agreementId: string; publishedAt: string }[] = [];
    for (const [i, row] of unique.entries()) {
      const recorded = found[i];
      const digest = digestOf(row.grant);
      if (recorded.firstPosition !== null) {
        this.rejectRepetition(row, recorded.firstPosition);
        continue;
      }
      this.tally.ruledBy(row.grant.byRule);
      if (recorded.agreementId === null) {
        this.tally.recorded('created');
        changed.push({ ...row, digest, before: null });
        continue;
      }
      const { publishedAt } = row.grant;
      const age = ageOf(publishedAt, recorded.dateModified);
      if (recorded.digest === digest) {
        this.tally.recorded('unchanged');
        if (age === 'NEWER') republished.push({ agreementId: recorded.agreementId, publishedAt: publishedAt!.at });
        continue;
      }
      this.tally.differed(age);
      const isKept = age === 'OLDER' || age === 'UNDATED';
      this.tally.recorded(isKept ? 'unchanged' : 'updated');
      if (!isKept) changed.push({ ...row, digest, before: recorded });
    }
    noteLaterPublication(this.tx, republished);
    return changed;
  }

  private rejectRepeated(rows: readonly GrantRow[]): GrantRow[] {
    const first = new Map<string, number>();
    return rows.filter((row) => {
      const { sourceId } = row.grant;
      const firstPosition = first.get(sourceId);
      if (firstPosition === undefined) first.set(sourceId, row.position);
      else this.rejectRepetition(row, firstPosition);
      return firstPosition === undefined;
    });
  }

  private rejectRepetition({ position, grant }: GrantRow, firstPosition: number): void {
    this.tally.reject(position, grant.sourceId, [
      { code: 'REPEATED_ID', field: 'id', parameters: { position: firstPosition } },
    ]);
  }

  private grantToRecord({ grant, raw, digest, before }: ChangedRow, parties: Parties): GrantToRecord {
    const agreementId = before?.agreementId ?? this.tx.newId();
    const { funder, grantee, funderNumber, granteeNumber } = parties;
    const numbers = { funderNumber, granteeNumber };
    const ids = { agreementId, funderId: funder.id, granteeId: grantee.id };
    return { ...ids, ...numbers, digest, grant, source: storableJson(raw) };
  }
}

function eventsOf({ agreementId, funderId, granteeId }: GrantToRecord, before: Recorded | null): NewEvent[] {
  const type = before ? 'AGREEMENT_RECORD_UPDATED' : 'AGREEMENT_RECORDED';
  const event = { type, subjectType: 'AGREEMENT', subjectId: agreementId } as const;
  const events: NewEvent[] = [{ ...event, funderId, granteeId, forSteward: true }];
  const formerFunder = before && before.funderId !== funderId ? before.funderId : null;
  const formerGrantee = before && before.granteeId !== granteeId ? before.granteeId : null;
  // Who is no party any more is told too: what it had synchronized is gone for it.
  if (formerFunder ?? formerGrantee) {
    events.push({ ...event, funderId: formerFunder, granteeId: formerGrantee, forSteward: false });
  }
  return events;
}

/** The parties of a grant see each other by name, also when one is not in the directory. */
function unlistedPairs(parties: readonly Parties[]): [string, string][] {
  const pairs = new Map<string, [string, string]>();
  for (const { funder, grantee } of parties) {
    if (funder.id !== grantee.id && !(funder.isListed && grantee.isListed)) {
      pairs.set(`${funder.id} ${grantee.id}`, [funder.id, grantee.id]);
    }
  }
  return [...pairs.values()];
}
