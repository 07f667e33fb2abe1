import { ApiProperty } from '@nestjs/swagger';
import { LISTED_REJECTIONS, LISTED_TWINS } from './import-summary.js';
import { MAX_REASONS_OF_A_ROW } from './rejection.rules.js';
import { IMPORTED_RESTRICTIONS, RULE_FIELDS } from './restriction.rules.js';

class RowReasonBody {
  @ApiProperty({ type: String, description: 'Never changes, as `AMOUNT_NEGATIVE`.' })
  code: string;

  @ApiProperty({ type: String, nullable: true, description: 'The field that is wrong; null: the row as a whole.' })
  field: string | null;

  @ApiProperty({ type: String, description: 'In English.' })
  en: string;

  @ApiProperty({ type: String, description: 'In Vietnamese.' })
  vi: string;
}

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

  @ApiProperty({
    type: String,
    description: 'The first of the reasons, in the language of the call.',
  })
  reason: string;

  @ApiProperty({
    type: [RowReasonBody],
    description: `Everything that is wrong with the row, at most ${MAX_REASONS_OF_A_ROW} reasons.`,
  })
  reasons: RowReasonBody[];
}

class LikelyTwinBody {
  @ApiProperty({
    type: String,
    enum: ['CLAIMED_NUMBER', 'SAME_NUMBER', 'SIMILAR_NUMBER'],
    description:
      'CLAIMED_NUMBER: the twin gives itself the number, unconfirmed. SAME_NUMBER: the twin has the same number in another spelling, as 1234567 for 01234567. SIMILAR_NUMBER: zeros may be lost, or O stand for 0, in a register whose form is not known, or the register may be mistaken.',
  })
  reason: string;

  @ApiProperty({ type: String, description: 'The number that the history was attached by, as `GB-CHC-1153055`.' })
  identifier: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The organization that has the number, and the history. Null when a dry run would make it.',
  })
  organizationId: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The other organization. Nothing was attached to it. Null when a dry run would make it.',
  })
  twinId: string | null;

  @ApiProperty({ type: String, description: 'The number of the other organization.' })
  twinIdentifier: string;
}

class RestrictionRuleBody {
  @ApiProperty({ type: String, enum: RULE_FIELDS })
  field: string;

  @ApiProperty({ type: String })
  value: string;

  @ApiProperty({ type: String, enum: IMPORTED_RESTRICTIONS })
  restriction: string;

  @ApiProperty({ type: Number, description: 'To how many grants of the file it applied.' })
  grants: number;
}

class MonthFirstDateBody {
  @ApiProperty({ type: Number, description: 'Place in the `grants` list, from 0.' })
  position: number;

  @ApiProperty({ type: String })
  field: string;

  @ApiProperty({ type: String, description: 'As the file has it.' })
  value: string;
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
    type: String,
    nullable: true,
    description: 'When the file was issued, as it says itself, or else the call; null when neither does.',
  })
  issued: string | null;

  @ApiProperty({
    type: Number,
    description:
      'Of the unchanged: rows that say something else than was recorded, and are older. The newer record stays.',
  })
  olderCount: number;

  @ApiProperty({
    type: Number,
    description:
      'Of the unchanged: rows that say something else, where neither the row nor the file says its time and the record has one. The record stays, since it may be newer; send `issued` to have them updated.',
  })
  undatedKeptCount: number;

  @ApiProperty({
    type: Number,
    description: 'Of the updated: rows where neither the file nor the record says its time. What was sent last counts.',
  })
  undatedUpdatedCount: number;

  @ApiProperty({
    type: MonthFirstDateBody,
    nullable: true,
    description:
      'A date that can only be month/day/year. Dates with slashes are day/month/year otherwise, so every row with such a date was rejected.',
  })
  monthFirstDate: MonthFirstDateBody | null;

  @ApiProperty({ type: [RestrictionRuleBody], description: 'The rules that were given, in their order.' })
  restrictionRules: RestrictionRuleBody[];

  @ApiProperty({
    type: Number,
    description:
      'Pairs of organizations that are probably one. Merge the two records, or confirm the number first and import then.',
  })
  likelyTwinCount: number;

  @ApiProperty({ type: [LikelyTwinBody], description: `The first ${LISTED_TWINS} of them.` })
  likelyTwins: LikelyTwinBody[];

  @ApiProperty({ type: Number })
  seconds: number;

  @ApiProperty({ type: Boolean, description: 'True: nothing was kept.' })
  dryRun: boolean;
}
