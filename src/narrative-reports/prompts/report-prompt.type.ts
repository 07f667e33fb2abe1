import { Field, ObjectType } from '@nestjs/graphql';
import { Derived } from '../../platform/api/derived.js';
import type { Prompt } from './prompts.rules.js';
import { promptText } from './prompts.rules.js';

@ObjectType({ description: 'A question of the report form. All are optional; about 150 words each.' })
export class ReportPrompt {
  @Field(() => String, { description: 'Names it in a section: WHAT_HAPPENED; "own:1" for a funder\'s own.' })
  code: string;

  @Derived<Prompt>(({ text }, { locale }) => promptText(text, locale))
  @Field(() => String, { description: 'In the language of `Accept-Language`, English where there is no other.' })
  text: string;

  @Field(() => Boolean, { description: 'Whether shares include the answer when the grantee says nothing about it.' })
  isVisible: boolean;
}
