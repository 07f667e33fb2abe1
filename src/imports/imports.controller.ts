import { Controller, HttpCode, Post, Query, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import type { Actor } from '../platform/access/actor.js';
import { Requires } from '../platform/access/requires.js';
import { localeOf } from '../platform/api/locale.js';
import { normalizeText, textProblem } from '../platform/api/text.rules.js';
import { invalidValue } from '../platform/errors/refusal.js';
import { ImportSummaryBody } from './import-summary.type.js';
import type { ImportSummary } from './import-summary.js';
import { Imports } from './imports.service.js';
import { readIssued, readRules } from './import-options.js';
import { MAX_RULES } from './restriction.rules.js';
import { MOST_UPLOAD_BYTES } from './upload.js';

type UploadRequest = FastifyRequest & { readonly actor: Actor; readonly body: Readable };
const LONGEST_FILE_NAME = 200;

@ApiTags('imports')
@ApiBearerAuth()
@Controller('v1/imports')
export class ImportsController {
  constructor(private readonly imports: Imports) {}

  @Requires('STEWARD')
  @Post('360giving')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Record grants of the past from a 360Giving JSON file',
    description: `For the steward. The body is the file itself, streamed, at most ${MOST_UPLOAD_BYTES} bytes. Each grant becomes an agreement of state RECORDED; \
the same file again changes nothing, and a later version of a grant updates it. Later is told by \`dateModified\` of the row, or else by \`modified\` or \`issued\` of the file: \
an older row changes nothing, and a row without any time changes no row that has one. A row that cannot be recorded is listed with each of its reasons in both languages and does not stop the rest; \
a file that cannot be read to its end leaves nothing behind. One import runs at a time.`,
  })
  @ApiConsumes('application/json')
  @ApiBody({ description: 'A 360Giving package: `{"grants": [...]}`.', schema: { type: 'object' } })
  @ApiQuery({
    name: 'dryRun',
    required: false,
    schema: { type: 'boolean', default: false },
    description: 'Do everything and keep nothing: the summary says what would happen.',
  })
  @ApiQuery({
    name: 'fileName',
    required: false,
    schema: { type: 'string', maxLength: LONGEST_FILE_NAME },
    description: 'Kept with each grant, as where it came from.',
  })
  @ApiQuery({
    name: 'restriction',
    required: false,
    schema: { type: 'array', maxItems: MAX_RULES, items: { type: 'string' } },
    style: 'form',
    explode: true,
    description:
      'What the publisher means, in your words: `fundingType:Core costs=UNRESTRICTED`, `grantProgramme:Rivers*=PROGRAM` or `title:*core costs*=UNRESTRICTED`, each as a parameter of its own. `*` stands for any text, case does not matter, and the first rule that matches a grant counts before what the file says. The summary names the rules with the number of grants of each. Error: INVALID_RESTRICTION_RULE.',
  })
  @ApiQuery({
    name: 'issued',
    required: false,
    schema: { type: 'string' },
    description:
      'When the file was issued, as 2020-05-07 or 2020-05-07T15:00:00Z, for a file that does not say so itself. Error: INVALID_ISSUED_DATE.',
  })
  @ApiHeader({
    name: 'Accept-Language',
    required: false,
    description: 'The language of `reason` and of errors: English or Vietnamese. `reasons` has both.',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Accepted and not needed: sending a file again changes nothing.',
  })
  @ApiOkResponse({ type: ImportSummaryBody })
  @ApiResponse({ status: 401, description: 'UNAUTHENTICATED: no key, or not a valid one' })
  @ApiResponse({ status: 403, description: 'FORBIDDEN: only the steward imports' })
  @ApiResponse({ status: 409, description: 'IMPORT_RUNNING: another import is running (retryable)' })
  @ApiResponse({ status: 413, description: 'PAYLOAD_TOO_LARGE' })
  @ApiResponse({
    status: 422,
    description:
      'IMPORT_UNREADABLE: `detail` says what is wrong with the file, `problem` names it, `line` and `byte` where it is',
  })
  import(
    @Req() { actor, body, headers }: UploadRequest,
    @Query('dryRun') dryRun: unknown,
    @Query('fileName') fileName: unknown,
    @Query('restriction') restriction: unknown,
    @Query('issued') issued: unknown,
  ): Promise<ImportSummary> {
    const declaredBytes = Number(headers['content-length'] ?? NaN);
    return this.imports.importUpload(actor, body, Number.isNaN(declaredBytes) ? null : declaredBytes, {
      dryRun: readDryRun(dryRun),
      fileName: readFileName(fileName),
      restrictionRules: readRules(restriction),
      issued: readIssued(issued),
      locale: localeOf(headers['accept-language']),
    });
  }
}

function readDryRun(value: unknown): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw invalidValue(['dryRun'], 'NOT_A_BOOLEAN', { field: 'dryRun' });
}

function readFileName(value: unknown): string | null {
  if (value === undefined || value === '') return null;
  const name = typeof value === 'string' ? normalizeText(value) : '';
  const isFine = textProblem(name, { min: 1, max: LONGEST_FILE_NAME }) === null && !/\p{Cc}/u.test(name);
  if (isFine) return name;
  throw invalidValue(['fileName'], 'FILE_NAME_UNFIT', { limit: LONGEST_FILE_NAME });
}
