import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../access/requires.js';
import { answerCacheable } from '../http/cacheable.js';
import { PublicFile } from '../http/public-file.js';
import { HistoryHeadType, HistoryHeadsBody } from './history-head.type.js';
import { HistoryHeads } from './history-heads.service.js';

const ETAG = { ETag: { schema: { type: 'string' } } } as const;

@ApiTags('history')
@Controller('v1/history/heads')
export class HistoryHeadsController {
  constructor(private readonly heads: HistoryHeads) {}

  @Public()
  @Get()
  @ApiOperation({
    summary: 'The heads of the history, one a day',
    description:
      'Readable without a key. Keep them somewhere else: with one of them `npm run doctor -- --head <date>:<digest>` shows whether anything that happened before was rewritten.',
  })
  @ApiOkResponse({ type: HistoryHeadsBody, headers: ETAG })
  async latest(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return answerCacheable(reply, await this.heads.latest());
  }

  @Public()
  @PublicFile()
  @Get(':date')
  @ApiOperation({
    summary: 'The head of a day',
    description: 'Readable without a key. Published once, so it never changes: it may be kept for good.',
  })
  @ApiParam({ name: 'date', schema: { type: 'string', format: 'date' } })
  @ApiOkResponse({ type: HistoryHeadType, headers: ETAG })
  @ApiResponse({ status: 304, description: 'You have it already' })
  @ApiResponse({ status: 404, description: 'NOT_FOUND: no head was published on that day' })
  async ofDay(@Param('date') date: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return answerCacheable(reply, await this.heads.ofDay(date));
  }
}
