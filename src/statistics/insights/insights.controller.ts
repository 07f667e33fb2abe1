import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../platform/access/requires.js';
import { notFound } from '../../platform/errors/refusal.js';
import { asksForPage } from '../../platform/api/negotiate.rules.js';
import { answerPage } from '../../platform/http/answer-page.js';
import { languageOfPage } from '../../platform/http/language.js';
import { CONTENT_SECURITY_POLICY } from '../../platform/http/page.js';
import { InsightsPages } from './insights.service.js';

@ApiTags('statistics')
@Controller('insights')
export class InsightsController {
  constructor(private readonly pages: InsightsPages) {}

  @Public()
  @Get()
  @ApiOperation({
    summary: 'A page for people: sealed figures, how they have moved, and how they are protected',
    description: 'Public. Needs no script and loads nothing else.',
  })
  @ApiQuery({
    name: 'period',
    required: false,
    schema: { type: 'string' },
    description:
      'A closed quarter such as `2026-Q3`, or a year such as `2026`. Without it the latest figures are shown.',
  })
  @ApiLanguage()
  @ApiOkResponse({ content: { 'text/html': { schema: { type: 'string' } } } })
  @ApiResponse({ status: 404, description: 'NOT_FOUND: no such period, or it is still open' })
  async show(
    @Query('language') language: unknown,
    @Query('period') period: unknown,
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const chosen = languageOfPage(language, acceptLanguage);
    // Also what is not a page has it, whoever asked.
    void reply.header('content-security-policy', CONTENT_SECURITY_POLICY);
    const page = await this.pages.page(chosen, period);
    if (page) return answerPage(reply, chosen, page);
    if (!asksForPage(reply.request.headers.accept)) throw notFound();
    void reply.status(404).header('vary', 'Accept, Accept-Language').type('text/html; charset=utf-8');
    return this.pages.missingPeriod(chosen);
  }

  @Public()
  @Get('dictionary')
  @ApiOperation({
    summary: 'A page for people: what the columns of the figures mean, and what their codes stand for',
    description: 'Public. `/v1/statistics/dictionary.json` is the same for programs.',
  })
  @ApiLanguage()
  @ApiOkResponse({ content: { 'text/html': { schema: { type: 'string' } } } })
  async dictionary(
    @Query('language') language: unknown,
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const chosen = languageOfPage(language, acceptLanguage);
    return answerPage(reply, chosen, await this.pages.dictionary(chosen));
  }
}

function ApiLanguage(): MethodDecorator {
  return ApiQuery({
    name: 'language',
    required: false,
    enum: ['en', 'vi'],
    description: 'Without it, and for a language that the page does not speak, `Accept-Language` decides.',
  });
}
