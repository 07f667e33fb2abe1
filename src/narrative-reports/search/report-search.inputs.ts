import { ArgsType, Field } from '@nestjs/graphql';
import { ConnectionArgs } from '../../platform/api/connection.js';

export const LONGEST_QUERY = 200;
/** Each is looked for on its own, in the database and in every text that is shown. */
export const MOST_WORDS = 8;

@ArgsType()
export class ReportSearchArgs extends ConnectionArgs {
  @Field(() => String, {
    description: `Words in any language, with or without marks and capitals: "lu lut" finds "Lũ lụt" and the other way round. All must be there; "in quotes" one behind the other; OR for either; - before what must not be there. A word of four letters or more also finds longer ones that begin with it. At most ${MOST_WORDS} words and ${LONGEST_QUERY} characters. Errors: INVALID_VALUE (no word in it), TOO_MANY_WORDS, TEXT_TOO_LONG, TEXT_MALFORMED.`,
  })
  query: string;
}
