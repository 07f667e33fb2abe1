import { Args, Context, ID, Query, Resolver } from '@nestjs/graphql';
import { Public } from '../../platform/access/requires.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { Prompt } from './prompts.rules.js';
import { ReportPrompt } from './report-prompt.type.js';
import { ReportPrompts } from './report-prompts.service.js';

@Resolver()
export class ReportPromptsResolver {
  constructor(private readonly prompts: ReportPrompts) {}

  @Public()
  @Query(() => [ReportPrompt], {
    description:
      "The report form: the default prompts, FREE_TEXT, and a funder's own. Readable without a key, so that a portal can show the whole form first.",
  })
  reportPrompts(
    @Args('funder', { type: () => ID, nullable: true, description: "Whose own prompts to add to everybody's." })
    funder: string | null,
    @Context() context: RequestContext,
  ): Promise<Prompt[]> {
    return this.prompts.form(context, funder ?? null);
  }
}
