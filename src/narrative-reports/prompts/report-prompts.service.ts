import { Injectable } from '@nestjs/common';
import { funderById } from '../../funders/funders.loaders.js';
import { loadById } from '../../platform/api/loader.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { Prompt } from './prompts.rules.js';
import { DEFAULT_PROMPTS, FREE_TEXT, ownPrompts } from './prompts.rules.js';

@Injectable()
export class ReportPrompts {
  /** The whole form: the questions everybody has, and those of one funder. */
  async form(context: RequestContext, funderId: string | null): Promise<Prompt[]> {
    const funder = funderId === null ? null : await loadById(context, funderById, 'funder', funderId);
    return [...DEFAULT_PROMPTS, FREE_TEXT, ...ownPrompts(funder?.reportPrompts ?? [])];
  }
}
