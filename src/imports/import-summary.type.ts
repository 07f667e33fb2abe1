import { ApiProperty } from '@nestjs/swagger';
import { LISTED_REJECTIONS, LISTED_TWINS } from './import-summary.js';

class RejectedRowBody {
  @ApiProperty({ type: Number, description: 'Place in the `grants` list, from 0.' })
  position: number;

  @ApiProperty({ type: String, nullable: true, description: "The grant's own id, when it can be read." })
  id: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The field that is wrong, as `recipientOrganization[0].id`.',
  })
  field: string | null;

  @ApiProperty({ type: String, description: 'Why the row was not recorded, in a sentence.' })
  reason: string;
}

class LikelyTwinBody {
  @ApiProperty({ type: String, description: 'The number, as `GB-CHC-1153055`.' })
  identifier: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The organization that has the number, and the history. Null when a dry run would make it.',
  })
  organizationId: string | null;

  @ApiProperty({
    type: String,
    description: 'The organization that gives itself the number, unconfirmed. Nothing was attached to it.',
  })
  claimantId: string;
}

/** How OpenAPI shows an import summary. */
export class ImportSummaryBody {
  @ApiProperty({ type: Number, description: 'Rows in the file: the sum of the four counts below.' })
  read: number;

  @ApiProperty({ type: Number })
  created: number;

  @ApiProperty({ type: Number, description: 'Recorded before, and different now.' })
  updated: number;

  @ApiProperty({ type: Number, description: 'Recorded before, and the same or older now.' })
  unchanged: number;

  @ApiProperty({ type: Number })
  rejectedCount: number;

  @ApiProperty({ type: [RejectedRowBody], description: `The first ${LISTED_REJECTIONS} rejected rows.` })
  rejected: RejectedRowBody[];

  @ApiProperty({
    type: Number,
    description:
      'Organizations that give themselves a number of the file, without being confirmed: probably the same as the one that has it. Merge the two records, or confirm the number first and import then.',
  })
  likelyTwinCount: number;

  @ApiProperty({ type: [LikelyTwinBody], description: `The first ${LISTED_TWINS} of them.` })
  likelyTwins: LikelyTwinBody[];

  @ApiProperty({ type: Number })
  seconds: number;

  @ApiProperty({ type: Boolean, description: 'True: nothing was kept.' })
  dryRun: boolean;
}
