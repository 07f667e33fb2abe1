import { expect, it } from '@jest/globals';
import { DEFAULT_PROMPTS, FREE_TEXT, commonPrompt, isOwnPrompt, ownPrompts, promptText } from './prompts.rules.js';

it('asks five questions in both languages, and hides one answer unless told otherwise', () => {
  expect(DEFAULT_PROMPTS.map(({ isVisible }) => isVisible)).toEqual([true, true, true, false, true]);
  for (const { text } of [...DEFAULT_PROMPTS, FREE_TEXT]) expect(text.vi).toBeTruthy();
  expect(commonPrompt('own:1')).toBeNull();
});

it('numbers the prompts of a funder, and says them in English where there is no other', () => {
  const own = ownPrompts([{ en: 'Who?', vi: null }]);
  expect(own).toEqual([{ code: 'own:1', text: { en: 'Who?', vi: null }, isVisible: true }]);
  expect(promptText(own[0].text, 'vi')).toBe('Who?');
  expect(['own:1', 'own:3', 'own:4', 'own:0', 'WHAT_HAPPENED'].map(isOwnPrompt)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
