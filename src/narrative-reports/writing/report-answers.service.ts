import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/db/transaction.js';
import { invalidValue, refuse } from '../../platform/errors/refusal.js';
import { promptsOfFunders } from '../reports/narrative-reports.store.js';
import type { PromptText } from '../prompts/prompts.rules.js';
import { commonPrompt, isOwnPrompt, ownPrompts } from '../prompts/prompts.rules.js';
import type { AnsweredPrompt, ReportSection } from '../reports/report-content.rules.js';
import { MOST_BYTES, MOST_SECTIONS, bytesOf, isSamePrompt, sectionOf } from '../reports/report-content.rules.js';

/** Turns what a grantee sent into the sections of its report. */
@Injectable()
export class ReportAnswers {
  /** Asks the database only when a funder's own prompt is answered. */
  async read(tx: Tx, answers: readonly AnsweredPrompt[], path: (index: number) => string[]): Promise<ReportSection[]> {
    const funderIds = answers.flatMap(({ funderId }) => funderId ?? []);
    const prompts = funderIds.length > 0 ? await promptsOfFunders(tx, funderIds) : new Map<string, PromptText[]>();
    const sections = answers.flatMap((answer, i) => {
      const question = questionFor(answer, prompts);
      if (question === undefined) {
        throw refuse('UNKNOWN_PROMPT', { path: [...path(i), 'prompt'], parameters: { prompt: answer.prompt } });
      }
      if (answers.findIndex((other) => isSamePrompt(answer, other)) < i) {
        throw invalidValue([...path(i), 'prompt'], 'PROMPT_ANSWERED_TWICE');
      }
      return sectionOf(answer, question) ?? [];
    });
    this.checkSize(sections);
    return sections;
  }

  checkSize(sections: readonly ReportSection[]): void {
    const [actual, bytes] = [sections.length, bytesOf(sections)];
    if (actual > MOST_SECTIONS) {
      throw refuse('TOO_MANY_ITEMS', { path: ['sections'], parameters: { limit: MOST_SECTIONS, actual } });
    }
    if (bytes > MOST_BYTES) {
      throw refuse('REPORT_TOO_LARGE', { path: ['sections'], parameters: { limit: MOST_BYTES, actual: bytes } });
    }
  }
}

/** What an own prompt asks, null for a prompt that everybody has, undefined when there is no such prompt. */
function questionFor(
  { prompt, funderId }: AnsweredPrompt,
  prompts: ReadonlyMap<string, PromptText[]>,
): PromptText | null | undefined {
  if (!funderId) return commonPrompt(prompt) ? null : undefined;
  if (!isOwnPrompt(prompt)) return undefined;
  return ownPrompts(prompts.get(funderId) ?? []).find(({ code }) => code === prompt)?.text;
}
