import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { ApiProperty } from '@nestjs/swagger';
import { Derived, PublicId } from '../../platform/api/derived.js';
import { Node, NodeType } from '../../platform/api/node.js';
import { LINK_SECONDS } from '../../platform/files/file-links.service.js';
import { ReportPayload } from '../writing/report-writing.type.js';
import type { AttachedFile } from './attachment.entity.js';
import { attachmentById, shareAttachmentById } from './attachments.loaders.js';

const ABOUT_URL = `Where to fetch it with GET, without a key: relative to the address of this API, good for ${LINK_SECONDS / 60} minutes. Answers parts to \`Range\`. Read this field again for a new one.`;

@ObjectType({ isAbstract: true, implements: () => [Node] })
abstract class Attachment extends Node {
  @Field(() => String, {
    description: 'Made safe to save under: no path, no unseen characters, an extension that fits.',
  })
  name: string;

  @Field(() => String, { description: 'What its bytes are, such as image/jpeg, whatever it was sent as.' })
  mediaType: string;

  @Field(() => Int, { description: 'In bytes.' })
  size: number;

  @Derived<AttachedFile>(({ sha256 }) => sha256.toString('hex'))
  @Field(() => String, { description: 'The SHA-256 of its bytes, in hexadecimal.' })
  sha256: string;
}

@NodeType('attachment', 'ReportAttachment', attachmentById)
@ObjectType('ReportAttachment', {
  implements: () => [Node],
  description: 'A file of a report. Seen by the grantee alone; a funder sees the copy in its share.',
})
export class ReportAttachmentType extends Attachment {
  @PublicId('attachment')
  @Field(() => ID)
  declare id: string;

  @Field(() => Boolean, { description: 'Whether shares include it.' })
  isVisible: boolean;
}

@NodeType('shareAttachment', 'ReportShareAttachment', shareAttachmentById)
@ObjectType('ReportShareAttachment', {
  implements: () => [Node],
  description: 'A file as it was shared with one funder. Seen by that funder, while it is shared, and the grantee.',
})
export class ShareAttachmentType extends Attachment {
  @PublicId('shareAttachment')
  @Field(() => ID)
  declare id: string;
}

export const URL_FIELD = { description: ABOUT_URL };

@ObjectType()
export class RemoveAttachmentPayload extends ReportPayload {}

@ObjectType()
export class SetAttachmentVisibilityPayload extends ReportPayload {}

/** What the upload answers. */
export class UploadedAttachment {
  @ApiProperty({ example: 'att_0199b1f27a7a7c3e8d0a5b6c7d8e9f00' })
  id: string;

  @ApiProperty({ description: 'Made safe to save under.' })
  name: string;

  @ApiProperty({ description: 'What its bytes are.', example: 'image/jpeg' })
  mediaType: string;

  @ApiProperty({ description: 'In bytes.' })
  size: number;

  @ApiProperty({ description: 'In hexadecimal.' })
  sha256: string;

  @ApiProperty({ description: 'Whether shares include it.' })
  isVisible: boolean;

  @ApiProperty({ description: ABOUT_URL })
  url: string;
}
