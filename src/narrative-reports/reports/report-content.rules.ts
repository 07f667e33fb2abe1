import type { Formatted } from './report-format.rules.js';
import type { PromptText } from '../prompts/prompts.rules.js';
import { commonPrompt, promptText } from '../prompts/prompts.rules.js';

/** One answered prompt. An unanswered one is not there. */
export interface ReportSection {
  readonly prompt: string;
  /** The funder whose own prompt this is; null for the prompts everybody has. */
  readonly funderId: string | null;
  /** An own prompt as it was asked, since the funder may change it later. */
  readonly question: PromptText | null;
  readonly text: string;
  readonly isVisible: boolean;
}

/** What one version of a report says. */
export interface ReportContent extends Formatted {
  readonly language: string;
  readonly periodStart: string | null;
  readonly periodEnd: string | null;
  readonly minutesSpent: number | null;
  readonly peopleInvolved: number | null;
  readonly sections: readonly ReportSection[];
}

export type SharedSection = Pick<ReportSection, 'prompt' | 'question' | 'text'>;
export type SharedContent = Omit<ReportContent, 'sections'> & { readonly sections: readonly SharedSection[] };

/** The form alone, of a copy that nobody may read any more. */
export function emptied({ format, language }: SharedContent): SharedContent {
  return {
    ...{ format, language, periodStart: null, periodEnd: null, minutesSpent: null, peopleInvolved: null },
    ...{ sections: [], conversation: null, links: [] },
  };
}

export const MOST_SECTIONS = 12;
/** In UTF-8, of all sections together: twelve full sections of plain text fit, twelve piles of combining marks do not. */
export const MOST_BYTES = 400_000;

export interface AnsweredPrompt {
  readonly prompt: string;
  readonly funderId?: string | null;
  readonly text?: string | null;
  readonly isVisible?: boolean | null;
}

/** The answer as it is kept; null when nothing was answered. `question` is the own prompt's text, when it is one. */
export function sectionOf(answer: AnsweredPrompt, question: PromptText | null): ReportSection | null {
  if (!answer.text) return null;
  const isVisible = answer.isVisible ?? commonPrompt(answer.prompt)?.isVisible ?? true;
  return { prompt: answer.prompt, funderId: answer.funderId ?? null, question, text: answer.text, isVisible };
}

export function isSamePrompt(
  one: Pick<AnsweredPrompt, 'prompt' | 'funderId'>,
  other: Pick<AnsweredPrompt, 'prompt' | 'funderId'>,
): boolean {
  return one.prompt === other.prompt && (one.funderId ?? null) === (other.funderId ?? null);
}

/** The sections with one answer put in, replaced in its place, or (null) taken out. */
export function withSection(
  sections: readonly ReportSection[],
  at: Pick<AnsweredPrompt, 'prompt' | 'funderId'>,
  section: ReportSection | null,
): ReportSection[] {
  const isThere = sections.some((old) => isSamePrompt(old, at));
  const replaced = sections.flatMap((old) => (isSamePrompt(old, at) ? (section ?? []) : old));
  return section && !isThere ? [...replaced, section] : replaced;
}

export function bytesOf(sections: readonly ReportSection[]): number {
  const encoder = new TextEncoder();
  return sections.reduce((sum, { text }) => sum + encoder.encode(text).length, 0);
}

/**
 * The copy that one funder gets. A hidden section is absent, like an unanswered one; so is an answer to another
 * funder's own prompt, which would tell that the other funder exists.
 */
export function sharedWith(content: ReportContent, funderId: string): SharedContent {
  const sections = content.sections
    .filter((section) => section.isVisible && (section.funderId === null || section.funderId === funderId))
    .map(({ prompt, question, text }) => ({ prompt, question, text }));
  return { ...content, sections };
}

export function periodOf({
  periodStart,
  periodEnd,
}: Pick<ReportContent, 'periodStart' | 'periodEnd'>): { startsOn: string; endsOn: string } | null {
  return periodStart !== null && periodEnd !== null ? { startsOn: periodStart, endsOn: periodEnd } : null;
}

/** What a section answers, in words. */
export function questionOf(
  { prompt, question }: Pick<ReportSection, 'prompt' | 'question'>,
  locale: 'en' | 'vi',
): string {
  const text = question ?? commonPrompt(prompt)?.text;
  return text ? promptText(text, locale) : prompt;
}
