import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateScalar, UrlScalar } from '../../platform/api/scalars/scalars.js';

export const ReportFormats = {
  WRITTEN: 'WRITTEN',
  CONVERSATION: 'CONVERSATION',
  RECORDING: 'RECORDING',
  REUSED_DOCUMENT: 'REUSED_DOCUMENT',
} as const;
registerEnumType(ReportFormats, {
  name: 'NarrativeReportFormat',
  description: "The grantee's choice; no funder may ask for another. Answered prompts may stand beside any of them.",
  valuesMap: {
    WRITTEN: { description: 'Answers to prompts, or one text of its own form: at least one section.' },
    CONVERSATION: { description: 'When it was held, how long, with how many people, and notes.' },
    RECORDING: { description: 'Audio or video, attached or linked.' },
    REUSED_DOCUMENT: { description: 'Something that was written for somebody else, attached or linked.' },
  },
});

@ObjectType({ description: 'The days a report is about, both included.' })
export class ReportPeriod {
  @Field(() => DateScalar)
  startsOn: string;

  @Field(() => DateScalar)
  endsOn: string;
}

@ObjectType({ description: 'What lies elsewhere. The service shows the address as it was given and never opens it.' })
export class NarrativeReportLink {
  @Field(() => UrlScalar)
  url: string;

  @Field(() => String, { nullable: true })
  label: string | null;
}

@ObjectType({ description: 'A conversation with a funder, as the grantee tells it.' })
export class NarrativeReportConversation {
  @Field(() => DateScalar)
  heldOn: string;

  @Field(() => Int, { description: 'How long it took.' })
  minutes: number;

  @Field(() => Int, { description: "How many people of the grantee's took part." })
  granteePeople: number;

  @Field(() => Int, { description: "How many people of the funder's took part." })
  funderPeople: number;

  @Field(() => String)
  notes: string;
}
