import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { organizationById } from '../organizations/organizations.loaders.js';
import { OrganizationType } from '../organizations/organization.type.js';
import { connectionOf } from '../platform/api/connection.js';
import { Derived, Edge, PublicId } from '../platform/api/derived.js';
import { Node, NodeType } from '../platform/api/node.js';
import { Payload, PayloadEntity } from '../platform/api/payload.js';
import { funderById } from './funders.loaders.js';
import type { Funder } from './funders.store.js';

@ObjectType({
  description: "A question of the funder's own, beside the default prompts of every report. Always optional to answer.",
})
export class FunderReportPrompt {
  @Field(() => String, { description: 'Names it in a report: "own:1" to "own:3".' })
  id: string;

  @Field(() => String, { description: 'In the language of `Accept-Language`, English where there is no other.' })
  text: string;

  @Field(() => String, { description: 'As it was set in English: for a form that edits it.' })
  en: string;

  @Field(() => String, { nullable: true, description: 'As it was set in Vietnamese, if it was.' })
  vi: string | null;
}

@NodeType('funder', 'Funder', funderById)
@ObjectType('Funder', {
  implements: () => [Node],
  description: 'An organization that offers agreements. Name and report prompts are public.',
})
export class FunderType extends Node {
  @PublicId('funder')
  @Field(() => ID)
  declare id: string;

  @Field(() => String)
  name: string;

  @Edge<Funder, object>(organizationById, (row) => row.organizationId)
  @Field(() => OrganizationType, { nullable: true })
  organization: OrganizationType | null;

  @Field(() => String, { nullable: true })
  mission: string | null;

  @Field(() => Int, {
    description:
      'Days within which it promises to answer a report or an obstacle; copied into each duty when it arises.',
  })
  responseDays: number;

  @Field(() => Int, {
    description: 'Days of notice it gives before an adverse change takes effect; copied into each agreement.',
  })
  noticeDays: number;

  @Derived<Funder>((row, { locale }) =>
    row.reportPrompts.map(({ en, vi }, i) => ({ id: `own:${i + 1}`, text: (locale === 'vi' && vi) || en, en, vi })),
  )
  @Field(() => [FunderReportPrompt], {
    description: 'At most three. Readable without a key, so that a portal can show the whole form first.',
  })
  reportPrompts: FunderReportPrompt[];

  @Field(() => Int)
  version: number;
}

export const FunderConnection = connectionOf(() => FunderType, 'Funder', { counted: true });

@ObjectType()
export class UpdateFunderProfilePayload extends Payload {
  @PayloadEntity(() => FunderType, funderById)
  funder: FunderType | null;
}

@ObjectType()
export class SetReportPromptsPayload extends Payload {
  @PayloadEntity(() => FunderType, funderById)
  funder: FunderType | null;
}
