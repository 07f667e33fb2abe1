import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../platform/access/actor.js';
import { Requires } from '../../platform/access/requires.js';
import { localeOf } from '../../platform/api/locale.js';
import { ReportExport } from './report-export.service.js';

@ApiTags('reports')
@Controller('v1/reports')
export class ReportExportController {
  constructor(private readonly reports: ReportExport) {}

  @Requires('GRANTEE')
  @Get('export')
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Take everything with you',
    description:
      "For a grantee: a ZIP, made while it is fetched, with a Markdown document for each of its reports (drafts too): every version, the hidden sections, whom it was shared with, what they answered and what was said after; the notes of conversations, each text in its writer's name; and the files. Its obstacles are not in it. Words of a report stay text in Markdown. With no reports it holds a README alone. A connection that breaks leaves a ZIP without its end: fetch it again.",
  })
  @ApiHeader({ name: 'Accept-Language', required: false, description: 'Of the headings: English or Vietnamese.' })
  @ApiResponse({
    status: 200,
    description: 'The ZIP',
    content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } },
  })
  @ApiResponse({ status: 401, description: 'UNAUTHENTICATED: no key, or not a valid one' })
  @ApiResponse({ status: 403, description: 'FORBIDDEN: only a grantee exports' })
  async exportReports(
    @Req() { actor, headers }: FastifyRequest & { readonly actor: Actor },
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { name, content } = this.reports.export(actor, localeOf(headers['accept-language']));
    await reply
      .headers({
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'private, no-store',
      })
      .send(content);
  }
}
