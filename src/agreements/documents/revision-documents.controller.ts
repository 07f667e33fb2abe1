import { createHash } from 'node:crypto';
import { Controller, Get, Headers, Param, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../platform/access/actor.js';
import { Requires } from '../../platform/access/requires.js';
import { mediaTypeOf } from '../../platform/api/negotiate.rules.js';
import { invalidValue, notFound, refuse } from '../../platform/errors/refusal.js';
import { languageOf } from '../../platform/http/language.js';
import { PAGE_STYLE } from './document-page.rules.js';
import { RevisionDocuments } from './revision-documents.service.js';

const FORMATS = { text: 'text/plain', html: 'text/html', agreed: 'text/plain' } as const;
type Format = keyof typeof FORMATS;
const STYLE_DIGEST = createHash('sha256').update(PAGE_STYLE).digest('base64');
/** The page brings its own style and nothing else: no script, no picture, no frame, nothing to send. */
const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_DIGEST}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

@ApiTags('agreements')
@ApiBearerAuth()
@Controller('v1/agreements')
export class RevisionDocumentsController {
  constructor(private readonly documents: RevisionDocuments) {}

  @Requires('FUNDER', 'GRANTEE', 'STEWARD')
  @Get(':id/revisions/:number')
  @ApiOperation({
    summary: 'A revision of the terms as a document to read, print and sign',
    description:
      'For whoever may read the revision in GraphQL: both parties and the steward once it was offered, before that the funder. Below the terms stand lines for signatures or, once agreed to, who accepted, when, and the SHA-256 of the agreed text; `format=agreed` answers exactly the bytes that were hashed, in both languages.',
  })
  @ApiParam({ name: 'id', description: 'The id of the agreement, `agr_…`' })
  @ApiParam({ name: 'number', schema: { type: 'integer', minimum: 1 }, description: 'The number of the revision' })
  @ApiQuery({
    name: 'format',
    required: false,
    schema: { type: 'string', enum: Object.keys(FORMATS) },
    description: 'Instead of `Accept`, which may be `text/plain` (also when left out) or `text/html`.',
  })
  @ApiQuery({
    name: 'language',
    required: false,
    schema: { type: 'string', enum: ['en', 'vi'] },
    description: 'Instead of `Accept-Language`; English when neither is given.',
  })
  @ApiHeader({ name: 'Accept-Language', required: false })
  @ApiResponse({
    status: 200,
    description: 'The document',
    content: { 'text/plain': { schema: { type: 'string' } }, 'text/html': { schema: { type: 'string' } } },
  })
  @ApiResponse({ status: 401, description: 'UNAUTHENTICATED: no key, or not a valid one' })
  @ApiResponse({ status: 403, description: 'FORBIDDEN: the role of the key has no agreements' })
  @ApiResponse({
    status: 404,
    description: 'NOT_FOUND: there is none, or it is not yours; with `format=agreed` also when it was not agreed to',
  })
  @ApiResponse({ status: 406, description: 'NOT_ACCEPTABLE: neither plain text nor HTML is accepted' })
  @ApiResponse({ status: 422, description: 'INVALID_VALUE: another format or language' })
  async document(
    @Req() { actor }: { actor: Actor },
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('number') number: string,
    @Headers('accept') accept: string | undefined,
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Query('format') wantedFormat: unknown,
    @Query('language') wantedLanguage: unknown,
  ): Promise<string> {
    const format = formatOf(wantedFormat, accept);
    const { locale } = languageOf(wantedLanguage, acceptLanguage);
    const { [format]: document } = await this.documents.find(actor, id, number, locale);
    if (document === null) throw notFound();
    void reply.headers({
      'content-type': `${FORMATS[format]}; charset=utf-8`,
      'content-language': format === 'agreed' ? 'en, vi' : locale,
      vary: 'Accept, Accept-Language, Authorization',
      ...(format === 'html' && { 'content-security-policy': PAGE_POLICY }),
    });
    return document;
  }
}

function formatOf(wanted: unknown, accept: string | undefined): Format {
  if (wanted === undefined) {
    const type = mediaTypeOf(accept, ['text/plain', 'text/html']);
    if (type === null) throw refuse('NOT_ACCEPTABLE', { parameters: { types: 'text/plain, text/html' } });
    return type === 'text/html' ? 'html' : 'text';
  }
  if (typeof wanted === 'string' && Object.hasOwn(FORMATS, wanted)) return wanted as Format;
  throw invalidValue(['format'], 'FORMAT_UNKNOWN', {
    formats: Object.keys(FORMATS)
      .map((name) => `\`${name}\``)
      .join(', '),
  });
}
