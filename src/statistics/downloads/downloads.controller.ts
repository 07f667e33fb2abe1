import { Controller, Get, Headers, Param, Query, Res, applyDecorators } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../platform/access/requires.js';
import { answerCacheable, answerCacheableStream } from '../../platform/http/cacheable.js';
import { languageOf } from '../../platform/http/language.js';
import { PublicFile } from '../../platform/http/public-file.js';
import { STANDARD_GUARANTEE } from '../queries/guarantee-text.rules.js';
import { SLUGS } from '../published/release-view.rules.js';
import { Dictionary } from './dictionary.service.js';
import { Downloads } from './downloads.service.js';
import { IndexBody, ReleaseViewBody } from './downloads.type.js';
import { FUNDER_SHARE } from './release-index.js';

const VIEW_SLUGS = Object.values(SLUGS);
const ETAG = { ETag: { schema: { type: 'string' } } } as const;

@ApiTags('statistics')
@ApiExtraModels(ReleaseViewBody)
@Controller('v1/statistics')
export class DownloadsController {
  constructor(
    private readonly downloads: Downloads,
    private readonly dictionary: Dictionary,
  ) {}

  @Public()
  @Get()
  @ApiOperation({
    summary: 'All sealed releases, and where their files are',
    description: `Readable without a key. Changes when a period is sealed, so it is to be asked again. To whoever is counted in it: ${STANDARD_GUARANTEE}`,
  })
  @ApiOkResponse({ type: IndexBody, headers: ETAG })
  async index(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return answerCacheable(reply, await this.downloads.index());
  }

  @Public()
  @PublicFile()
  @Get('dictionary.json')
  @ApiOperation({
    summary: 'What the columns of the files mean, and what their codes stand for',
    description:
      'Readable without a key, in English and Vietnamese: title, meaning, unit, form and codes of each column. `/insights/dictionary` is the same for people.',
  })
  @ApiOkResponse({ content: { 'application/json': { schema: { type: 'object' } } }, headers: ETAG })
  async dictionaryJson(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return answerCacheable(reply, await this.dictionary.json());
  }

  @Public()
  @PublicFile()
  @Get('all/:view.csv')
  @ApiOperation({
    summary: 'All published periods of a view in one CSV file',
    description:
      'Readable without a key. The earliest period first; the columns are those of the single files. It grows when a period is sealed, so it is to be asked again: `If-None-Match` answers 304.',
  })
  @ApiParam({ name: 'view', enum: VIEW_SLUGS })
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } }, headers: ETAG })
  @ApiResponse({ status: 304, description: 'You have it already' })
  @ApiResponse({ status: 404, description: 'NOT_FOUND: no such view' })
  @ApiResponse({ status: 429, description: 'RATE_LIMITED' })
  async allCsv(@Param('view') view: string, @Res() reply: FastifyReply): Promise<void> {
    await answerCacheableStream(reply, await this.downloads.allCsv(view));
  }

  @Public()
  @PublicFile()
  @Get(':release/:view.csv-metadata.json')
  @ApiOperation({
    summary: 'What a CSV file says of its columns (CSV on the Web)',
    description:
      "Readable without a key. The W3C's Metadata Vocabulary for Tabular Data: a type for each column, so that a code stays a text. The file's `Link` header leads here.",
  })
  @ApiParam({ name: 'release', description: 'A period, or `all`.', schema: { type: 'string' } })
  @ApiParam({ name: 'view', enum: VIEW_SLUGS })
  @ApiOkResponse({ content: { 'application/csvm+json': { schema: { type: 'object' } } }, headers: ETAG })
  @ApiResponse({ status: 404, description: 'NOT_FOUND: no such release, or no such view of it' })
  async csvMetadata(
    @Param('release') release: string,
    @Param('view') view: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return answerCacheable(reply, await this.downloads.metadata(release, view));
  }

  @Public()
  @Get(':release/:view.csv')
  @ApiFile(VIEW_SLUGS, 'The figures of a view as CSV', { 'text/csv': { schema: { type: 'string' } } })
  async csv(
    @Param('release') release: string,
    @Param('view') view: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return answerCacheable(reply, await this.downloads.csv(release, view));
  }

  @Public()
  @Get(':release/:view.json')
  @ApiFile(VIEW_SLUGS, 'The figures of a view as JSON', {
    'application/json': { schema: { $ref: getSchemaPath(ReleaseViewBody) } },
  })
  async json(
    @Param('release') release: string,
    @Param('view') view: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return answerCacheable(reply, await this.downloads.json(release, view));
  }

  @Public()
  @Get(':release/:view.svg')
  @ApiFile([...VIEW_SLUGS, FUNDER_SHARE], 'A chart: bars with 95 % intervals', {
    'image/svg+xml': { schema: { type: 'string' } },
  })
  @ApiQuery({
    name: 'language',
    required: false,
    enum: ['en', 'vi'],
    description: 'Of labels. Without it `Accept-Language` decides.',
  })
  @ApiResponse({ status: 422, description: 'INVALID_VALUE: another language' })
  async svg(
    @Param('release') release: string,
    @Param('view') view: string,
    @Query('language') language: unknown,
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return answerCacheable(reply, await this.downloads.svg(release, view, languageOf(language, acceptLanguage)));
  }
}

/** One file of a release: sealed once, so it never changes under its address. */
function ApiFile(views: readonly string[], summary: string, content: object): MethodDecorator {
  return applyDecorators(
    PublicFile(),
    ApiOperation({
      summary,
      description:
        'Readable without a key. A sealed release never changes: it may be kept for good, and `If-None-Match` answers 304.',
    }),
    ApiParam({ name: 'release', description: 'A period: `2026-Q3` or `2026`.', schema: { type: 'string' } }),
    ApiParam({ name: 'view', enum: views, description: 'Quarters have category, years kind-by-region and funder.' }),
    ApiOkResponse({ content: content as never, headers: ETAG }),
    ApiResponse({ status: 304, description: 'You have it already' }),
    ApiResponse({ status: 404, description: 'NOT_FOUND: no such release, or no such view of it' }),
    ApiResponse({ status: 429, description: 'RATE_LIMITED' }),
  );
}
