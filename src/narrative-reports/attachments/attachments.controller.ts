import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../platform/access/actor.js';
import { Public, Requires } from '../../platform/access/requires.js';
import type { LinkQuery } from './attachment-links.service.js';
import { AttachmentReader } from './attachment-reader.service.js';
import { UploadedAttachment } from './attachment.type.js';
import { MOST_ATTACHMENTS } from './attachments.rules.js';
import { AttachmentUploads } from './attachment-uploads.service.js';
import { ALLOWED_EXTENSIONS } from './media-type.rules.js';
import { MOST_FILE_BYTES } from './received-file.js';

@ApiTags('attachments')
@Controller('v1')
export class AttachmentsController {
  constructor(
    private readonly uploads: AttachmentUploads,
    private readonly reader: AttachmentReader,
  ) {}

  @Requires('GRANTEE')
  @Post('reports/:id/attachments')
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Attach a file to a report',
    description: `For the grantee whose report it is. One file, streamed, at most ${MOST_FILE_BYTES} bytes; at most ${MOST_ATTACHMENTS} files a report. \
What it is is told from its bytes, whatever it is called: ${ALLOWED_EXTENSIONS.join(', ')}; no macros. \
A draft just gets it; a submitted report gets a new version, and what was shared before stays as it was. An upload that is cut off leaves nothing behind.`,
  })
  @ApiParam({ name: 'id', description: 'Of the report, `rep_…`.' })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description:
      'Makes a retry safe for 30 days, at most 200 characters: the same file sent again with the same key answers the first attachment.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        file: { type: 'string', format: 'binary', description: 'With a file name.' },
        isVisible: {
          type: 'boolean',
          default: true,
          description: 'Whether shares include it: your choice, like a section.',
        },
      },
    },
  })
  @ApiCreatedResponse({ type: UploadedAttachment })
  @ApiResponse({ status: 400, description: 'UPLOAD_INCOMPLETE: it was cut off; nothing was kept' })
  @ApiResponse({ status: 401, description: 'UNAUTHENTICATED: no key, or not a valid one' })
  @ApiResponse({ status: 403, description: 'FORBIDDEN: only a grantee attaches' })
  @ApiResponse({ status: 404, description: 'NOT_FOUND: no such report, or not yours' })
  @ApiResponse({
    status: 409,
    description: 'TOO_MANY_ATTACHMENTS, IDEMPOTENCY_MISMATCH, IDEMPOTENCY_IN_FLIGHT (retryable)',
  })
  @ApiResponse({ status: 413, description: 'ATTACHMENT_TOO_LARGE' })
  @ApiResponse({ status: 415, description: 'ATTACHMENT_TYPE_NOT_ALLOWED: `detail` names what its bytes are' })
  @ApiResponse({ status: 422, description: 'REQUIRED: no file; INVALID_VALUE' })
  @ApiResponse({
    status: 507,
    description: 'STORAGE_FULL (retryable); 503 UNAVAILABLE while the storage does not answer',
  })
  attach(
    @Req() request: FastifyRequest & { readonly actor: Actor },
    @Param('id') id: string,
  ): Promise<UploadedAttachment> {
    return this.uploads.upload(request.actor, id, request);
  }

  @Public()
  @Get('attachments/:id')
  @ApiOperation({
    summary: 'Fetch an attachment by its signed link',
    description:
      'For whoever has the link, without a key; read `url` of an attachment over GraphQL to get one. Pictures, audio and video are shown in their place, everything else is downloaded, and nothing of it runs in a browser. One range of bytes is answered, so that a player can seek.',
  })
  @ApiParam({ name: 'id', description: '`att_…`, or `sat_…` of a share.' })
  @ApiQuery({ name: 'reader', description: 'The organization the link was made for.', schema: { type: 'string' } })
  @ApiQuery({ name: 'expires', description: 'Seconds since 1970.', schema: { type: 'integer' } })
  @ApiQuery({ name: 'signature', schema: { type: 'string' } })
  @ApiHeader({ name: 'Range', required: false, description: '`bytes=0-1023`' })
  @ApiResponse({
    status: 200,
    description: 'The file',
    content: { '*/*': { schema: { type: 'string', format: 'binary' } } },
  })
  @ApiResponse({ status: 206, description: 'The part that was asked for' })
  @ApiResponse({ status: 404, description: 'NOT_FOUND: not a link of ours, or the file is no longer shared' })
  @ApiResponse({ status: 410, description: 'LINK_EXPIRED: ask for a new one' })
  @ApiResponse({ status: 416, description: 'The range lies outside the file' })
  async fetch(
    @Req() { headers }: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Query() link: LinkQuery,
  ): Promise<void> {
    const file = await this.reader.read(id, link, headers.range, headers['if-range'] as string | undefined);
    await reply.status(file.status).headers(file.headers).send(file.content);
  }
}
