import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { FastifyReply } from 'fastify';
import { Public } from '../platform/access/requires.js';
import { schemaText } from '../platform/api/schema-text.js';
import { answerPage } from '../platform/http/answer-page.js';
import { answerCacheable } from '../platform/http/cacheable.js';
import { languageOfPage } from '../platform/http/language.js';
import { welcomePage } from './welcome-page.js';

/** For the tab of a browser. */
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="8" fill="#0b4f6c"/><path d="M3 9l4 3 6-7" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

/** For people who open the service in a browser, and for tools that ask for its contract. */
@ApiExcludeController()
@Controller()
export class WelcomeController {
  private schema: string | undefined;

  constructor(private readonly host: GraphQLSchemaHost) {}

  @Public()
  @Get()
  show(
    @Query('language') language: unknown,
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string {
    const chosen = languageOfPage(language, acceptLanguage);
    return answerPage(reply, chosen, welcomePage(chosen));
  }

  @Public()
  @Get('schema.graphql')
  contract(@Res({ passthrough: true }) reply: FastifyReply): string {
    this.schema ??= schemaText(this.host.schema);
    return answerCacheable(reply, { body: this.schema, type: 'text/plain; charset=utf-8' });
  }

  @Public()
  @Get('favicon.ico')
  icon(@Res({ passthrough: true }) reply: FastifyReply): string {
    return answerCacheable(reply, { body: ICON, type: 'image/svg+xml' });
  }
}
