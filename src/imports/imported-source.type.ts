import { Field, Int, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar } from '../platform/api/scalars/scalars.js';

@ObjectType('ImportedSource', {
  description:
    'What a recorded agreement was recorded from: a grant that its funder published in the 360Giving standard.',
})
export class ImportedSource {
  @Field(() => String, { description: 'The 360Giving id of the grant: unique in the world, as published.' })
  id: string;

  @Field(() => String, {
    nullable: true,
    description:
      "The funder's name as the file has it. The agreement's funder was found by the number beside it, and may be called otherwise.",
  })
  funderName: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The recipient's name as the file has it: perhaps a branch or a former name. The agreement's grantee was found by the number beside it, and may be called otherwise.",
  })
  recipientName: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'For how many months the grant was planned, from 1 to 1200, where the file says that and no end. No end is calculated from it.',
  })
  durationMonths: number | null;

  @Field(() => String, { nullable: true })
  title: string | null;

  @Field(() => String, { nullable: true, description: "In the funder's words; at most 50,000 characters." })
  description: string | null;

  @Field(() => String, { nullable: true, description: 'The title of the program the grant belonged to.' })
  program: string | null;

  @Field(() => String, { nullable: true, description: 'Where the publisher says the data comes from: a URL.' })
  dataSource: string | null;

  @Field(() => String, { nullable: true, description: 'The file it was last recorded from, if its name was given.' })
  fileName: string | null;

  @Field(() => DateTimeScalar, { description: 'When it was recorded, or last updated from a file.' })
  importedAt: Date;
}
