import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Derived } from '../../platform/api/derived.js';
import type { CodeKind, ObstacleCodeRow } from './obstacle-code.entity.js';

export const CodeKinds = { FUNDER: 'FUNDER', EXTERNAL: 'EXTERNAL', ORGANIZATION: 'ORGANIZATION' } as const;
registerEnumType(CodeKinds, {
  name: 'ObstacleKind',
  description: 'Where an obstacle comes from.',
  valuesMap: {
    FUNDER: { description: 'From a funder. Such a code needs the funder, or an agreement with it.' },
    EXTERNAL: { description: 'From outside: nature, conflict, economy, law.' },
    ORGANIZATION: { description: 'From within the organization or its partners.' },
  },
});

@ObjectType('ObstacleCode', { description: 'One code of the list, in its present version. Public.' })
export class ObstacleCodeType {
  @Field(() => String, { description: 'Never changes: what `logObstacle` takes and statistics count.' })
  code: string;

  @Field(() => Int, { description: 'Which version of its label and description this is.' })
  version: number;

  @Field(() => CodeKinds)
  kind: CodeKind;

  @Field(() => String, { description: 'What quarterly statistics count by; each lies within one kind.' })
  category: string;

  @Derived<ObstacleCodeRow>((row, { locale }) => (locale === 'vi' ? row.labelVi : row.labelEn))
  @Field(() => String, { description: 'In the language of `Accept-Language` (English, Vietnamese).' })
  label: string;

  @Derived<ObstacleCodeRow>((row, { locale }) => (locale === 'vi' ? row.descriptionVi : row.descriptionEn))
  @Field(() => String, { description: 'When to choose it, in the language of `Accept-Language`.' })
  description: string;

  @Field(() => Boolean, { description: 'Whether the service can suggest it from facts it knows.' })
  canSuggest: boolean;
}
