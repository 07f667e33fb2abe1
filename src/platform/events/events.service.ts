import { Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor.js';
import type { Page, PageArguments } from '../api/page.js';
import { readPage } from '../api/page.js';
import { CursorCipher } from '../db/cursor.service.js';
import { Database } from '../db/database.service.js';
import { readEpoch } from '../network/network-row.js';
import type { FeedRow } from './event.type.js';
import { EventSealer } from './event-sealer.service.js';

/** The steward's feed belongs to no organization. */
const NETWORK = ['00000000-0000-0000-0000-000000000000'];

const fromPositionSince = (moment: string): string =>
  `e.position >= (SELECT first_position_since(${moment}::timestamptz))`;

@Injectable()
export class Events {
  constructor(
    private readonly database: Database,
    private readonly sealer: EventSealer,
    private readonly cipher: CursorCipher,
  ) {}

  /**
   * With `since`, what was there to read before this moment is left out. Read from the first server: asking gives events
   * their positions there, and a replica need only have what was acknowledged before this request began to read.
   */
  async feed(actor: Actor, page: PageArguments, since?: Date | null): Promise<Page<FeedRow>> {
    const reader = this.database.reader(actor);
    const [epoch] = await Promise.all([readEpoch(reader), this.sealer.catchUp(actor.patience)]);
    return readPage<FeedRow>(reader, this.cipher, {
      name: 'events',
      select: `e.event_id AS "id", e.position AS "position", e.type AS "type", e.at AS "at", e.actor_role AS "actorRole",
        e.actor_organization_id AS "actorOrganizationId", e.subject_type AS "subjectType", e.subject_id AS "subjectId",
        e.revision AS "revision", e.key_id AS "actorKeyId"`,
      from: 'event_feed e',
      key: [{ sql: 'e.position', alias: 'position', type: 'bigint' }],
      descending: false,
      where: [
        { sql: (value) => `e.reader = ${value}::text`, value: actor.role },
        ...(since ? [{ sql: fromPositionSince, value: since, isBeginning: true }] : []),
      ],
      tenant: { column: 'e.organization_id', ids: actor.role === 'STEWARD' ? NETWORK : actor.organizationIds },
      arguments: page,
      epoch,
    });
  }
}
