import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../platform/access/requires.js';
import { notFound } from '../../platform/errors/refusal.js';
import { answerPage } from '../../platform/http/answer-page.js';
import { languageOfPage } from '../../platform/http/language.js';
import { guidePage, guidesPage } from './guide-pages.js';
import { Guides } from './guides.js';

/** The guides of the repository, for people who opened the service in a browser. */
@ApiExcludeController()
@Controller('docs')
export class GuidesController {
  private readonly guides = new Guides();

  @Public()
  @Get()
  list(
    @Query('language') language: unknown,
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string {
    const chosen = languageOfPage(language, acceptLanguage);
    return answerPage(reply, chosen, guidesPage(chosen, this.guides.titles('adr/')));
  }

  @Public()
  @Get(':name')
  show(
    @Param('name') name: string,
    @Query('language') language: unknown,
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string {
    return this.guide(name, language, acceptLanguage, reply);
  }

  @Public()
  @Get(':name/:part')
  showPart(
    @Param() { name, part }: { name: string; part: string },
    @Query('language') language: unknown,
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string {
    return this.guide(`${name}/${part}`, language, acceptLanguage, reply);
  }

  private guide(name: string, language: unknown, acceptLanguage: string | undefined, reply: FastifyReply): string {
    const chosen = languageOfPage(language, acceptLanguage);
    const guide = this.guides.find(name, chosen.locale);
    if (guide === null) throw notFound('name');
    return answerPage(reply, chosen, guidePage(chosen, guide));
  }
}
