import { Injectable, Logger } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor.js';
import { PUBLIC_ACTOR } from '../../platform/access/actor.js';
import { updateRow } from '../../platform/db/columns.js';
import { expectVersion } from '../../platform/db/expect-version.js';
import { Database } from '../../platform/db/database.service.js';
import type { Reader } from '../../platform/db/reader.js';
import type { Tx } from '../../platform/db/transaction.js';
import { notFound } from '../../platform/errors/refusal.js';
import { appendEvent } from '../../platform/events/append-event.js';
import type { Answer, Outcome } from '../../platform/idempotency/mutations.service.js';
import { Mutations } from '../../platform/idempotency/mutations.service.js';
import { lockOrganization } from '../organizations.store.js';
import { NetworkRow } from './network.entity.js';
import type { DeclareNoStewardOrganizationInput, NameStewardOrganizationInput } from './stewardship.inputs.js';
import type { Relation } from './stewardship.store.js';
import { lockNetwork, readNetwork, readRelation, readStewardName } from './stewardship.store.js';

/** Why grantees cannot choose CONFIDENTIAL, and what ends it. */
export const UNDECLARED =
  'Nothing can be CONFIDENTIAL until this network says whose steward it has: npm run keys -- steward-organization (org_… or none).';

/**
 * The network says whose steward it has. It touches no obstacle and waits for none: what the steward may read follows
 * from what is said here, by row security, in the moment of the commit.
 */
@Injectable()
export class Stewardship {
  private readonly logger = new Logger('Stewardship');

  constructor(
    private readonly mutations: Mutations,
    private readonly database: Database,
  ) {}

  /** Said at each start, since nobody would look for the reason before a grantee is refused. */
  async warnWhileUndeclared(): Promise<void> {
    const { stewardDeclaredAt } = await this.network(this.database.reader(PUBLIC_ACTOR));
    if (stewardDeclaredAt === null) this.logger.warn(UNDECLARED);
  }

  network(reader: Reader): Promise<NetworkRow> {
    return readNetwork(reader);
  }

  /** Null where no organization of the steward takes part, undefined while nobody has said. */
  name(reader: Reader): Promise<string | null | undefined> {
    return readStewardName(reader);
  }

  /** For whoever says something in confidence about these organizations. Locks nothing, so that nobody else notices. */
  about(tx: Tx, organizationIds: readonly (string | null)[]): Promise<Relation> {
    return readRelation(tx, organizationIds);
  }

  nameOrganization(actor: Actor, input: NameStewardOrganizationInput): Promise<Answer> {
    return this.mutations.run(actor, 'nameStewardOrganization', input, (tx) =>
      this.save(tx, input.expectedVersion, input.organizationId),
    );
  }

  declareNone(actor: Actor, input: DeclareNoStewardOrganizationInput): Promise<Answer> {
    return this.mutations.run(actor, 'declareNoStewardOrganization', input, (tx) =>
      this.save(tx, input.expectedVersion, null),
    );
  }

  private async save(tx: Tx, expectedVersion: number, organizationId: string | null): Promise<Outcome> {
    const old = await lockNetwork(tx);
    expectVersion(old, expectedVersion);
    // One that became part of another is none any more; the lock keeps it from becoming so meanwhile.
    const organization = organizationId === null ? null : await lockOrganization(tx, organizationId);
    if (organizationId !== null && (!organization || organization.mergedInto)) throw notFound('organizationId');
    const version = old.version + 1;
    updateRow(tx, NetworkRow, {
      isOnly: true,
      stewardOrganizationId: organizationId,
      stewardDeclaredAt: tx.now,
      version,
    });
    this.announce(tx, old, organizationId);
    return { id: old.id, version };
  }

  /** To the steward, and to each organization about itself; everybody else can read it where it stands. */
  private announce(tx: Tx, { id, stewardOrganizationId: old }: NetworkRow, named: string | null): void {
    const subject = { subjectType: 'NETWORK', subjectId: id, forSteward: true } as const;
    if (old !== null && old !== named) {
      appendEvent(tx, { ...subject, type: 'STEWARD_ORGANIZATION_ENDED', organizationId: old });
    }
    if (named === null) appendEvent(tx, { ...subject, type: 'NO_STEWARD_ORGANIZATION_DECLARED' });
    else appendEvent(tx, { ...subject, type: 'STEWARD_ORGANIZATION_NAMED', organizationId: named });
  }
}
