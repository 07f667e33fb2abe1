import type { Phrase } from './words.rules.js';
import { WORDS } from './words.rules.js';

export type Parameters = Readonly<Record<string, string | number>>;

/** A sentence of this language, with its parameters for each `{name}`. Codes among the parameters are said in words, also several. */
export function fillSentence(sentence: string, locale: keyof Phrase, parameters: Parameters): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(parameters[name] ?? name);
    const words = WORDS[name];
    if (!words) return value;
    return value
      .split(', ')
      .map((code) => words[code]?.[locale] ?? code)
      .join(', ');
  });
}
