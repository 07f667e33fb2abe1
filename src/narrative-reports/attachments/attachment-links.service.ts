import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor.js';
import { organizationOf } from '../../platform/access/actor.js';
import { parseAnyId, publicId } from '../../platform/api/ids.js';
import { Database } from '../../platform/db/database.service.js';
import { notFound, refuse } from '../../platform/errors/refusal.js';
import { FileLinks } from '../../platform/files/file-links.service.js';
import type { AttachedFile, ReportAttachmentRow, ShareAttachmentRow } from './attachment.entity.js';
import { ATTACHMENTS_BY_ID, SHARE_ATTACHMENTS_BY_ID } from './attachments.store.js';

export interface LinkQuery {
  readonly reader?: unknown;
  readonly expires?: unknown;
  readonly signature?: unknown;
}
const BY_KIND = { attachment: ATTACHMENTS_BY_ID, shareAttachment: SHARE_ATTACHMENTS_BY_ID } as const;
const ROLE_OF = { funder: 'FUNDER', grantee: 'GRANTEE' } as const;

/** Links to attachments. Whoever follows one reads as the organization it was made for, through the same row security. */
@Injectable()
export class AttachmentLinks {
  constructor(
    private readonly links: FileLinks,
    private readonly database: Database,
  ) {}

  ofReport({ id, organizationId }: ReportAttachmentRow): string {
    return this.link(publicId('attachment', id), publicId('grantee', organizationId));
  }

  /** For the funder, the grantee, or a fiscal sponsor who reads what its group shares. */
  ofShare(actor: Actor, { id, funderId, granteeId }: ShareAttachmentRow): string {
    const granteesSide = actor.organizationIds.includes(granteeId) ? granteeId : organizationOf(actor);
    const reader = actor.role === 'FUNDER' ? publicId('funder', funderId) : publicId('grantee', granteesSide);
    return this.link(publicId('shareAttachment', id), reader);
  }

  /** The file a link leads to, as far as its reader may still see it: a share may have ended since. */
  async follow(id: string, { reader, expires, signature }: LinkQuery): Promise<AttachedFile> {
    if (typeof reader !== 'string' || typeof expires !== 'string' || typeof signature !== 'string')
      throw notFound('id');
    const checked = this.links.check({ id, reader }, expires, signature);
    if (checked === 'FORGED') throw notFound('id');
    if (checked === 'OF_ANOTHER_SECRET') throw refuse('MADE_WITH_ANOTHER_SECRET');
    if (checked === 'EXPIRED') throw refuse('LINK_EXPIRED');
    const file = parseAnyId(id)!;
    const statement = BY_KIND[file.kind as keyof typeof BY_KIND];
    const [row] = await this.database.reader(actorOf(reader)).rows<AttachedFile>(statement, [[file.uuid]]);
    if (!row) throw notFound('id');
    return row;
  }

  private link(id: string, reader: string): string {
    return `/v1/attachments/${id}?${this.links.sign({ id, reader })}`;
  }
}

/** The signature vouches that we wrote this id. */
function actorOf(reader: string): Actor {
  const { kind, uuid } = parseAnyId(reader)!;
  return {
    role: ROLE_OF[kind as keyof typeof ROLE_OF],
    organizationId: uuid,
    organizationIds: [uuid],
    keyId: null,
    lineageId: null,
    keyLineageId: null,
  };
}
