import { ApiProperty } from '@nestjs/swagger';
import { LISTED_REJECTIONS } from './import-summary.js';

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

  @ApiProperty({ type: Number })
  seconds: number;

  @ApiProperty({ type: Boolean, description: 'True: nothing was kept.' })
  dryRun: boolean;
}
