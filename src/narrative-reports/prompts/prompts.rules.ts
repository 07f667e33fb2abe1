/** The questions a written report answers. All are optional; about 150 words each. */
export interface Prompt {
  readonly code: string;
  readonly text: PromptText;
  /** Whether an answer is copied into a share when the grantee says nothing about it. */
  readonly isVisible: boolean;
}
export interface PromptText {
  readonly en: string;
  readonly vi: string | null;
}

export const DEFAULT_PROMPTS: readonly Prompt[] = [
  { code: 'WHAT_HAPPENED', text: { en: 'What happened?', vi: 'Chuyện gì đã diễn ra?' }, isVisible: true },
  {
    code: 'SURPRISES',
    text: { en: 'What surprised you or went wrong?', vi: 'Điều gì làm bạn bất ngờ hoặc không như ý?' },
    isVisible: true,
  },
  { code: 'LEARNED', text: { en: 'What did you learn?', vi: 'Bạn đã học được điều gì?' }, isVisible: true },
  {
    code: 'FUNDER_MAKES_HARDER',
    text: {
      en: 'What are we, your funder, making harder?',
      vi: 'Chúng tôi, bên tài trợ, đang làm điều gì khiến công việc của bạn khó hơn?',
    },
    // Candor first: whoever funds you sees this only when you say so.
    isVisible: false,
  },
  {
    code: 'HELP_NEXT',
    text: {
      en: 'What should we know or help with next?',
      vi: 'Chúng tôi nên biết điều gì, hoặc có thể giúp gì tiếp theo?',
    },
    isVisible: true,
  },
];

/** Instead of answers to prompts: one text in the grantee's own form. */
export const FREE_TEXT: Prompt = {
  code: 'FREE_TEXT',
  text: { en: 'In your own words', vi: 'Theo lời của bạn' },
  isVisible: true,
};

const BY_CODE = new Map([...DEFAULT_PROMPTS, FREE_TEXT].map((prompt) => [prompt.code, prompt]));

export function commonPrompt(code: string): Prompt | null {
  return BY_CODE.get(code) ?? null;
}

/** A funder's own prompts are numbered, and mean something only beside that funder. */
export function ownPrompts(texts: readonly PromptText[]): Prompt[] {
  return texts.map((text, i) => ({ code: `own:${i + 1}`, text, isVisible: true }));
}

export function isOwnPrompt(code: string): boolean {
  return /^own:[1-3]$/.test(code);
}

export function promptText(text: PromptText, locale: 'en' | 'vi'): string {
  return (locale === 'vi' ? text.vi : null) ?? text.en;
}
