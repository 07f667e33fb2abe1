import { ApiProperty } from '@nestjs/swagger';
import { KINDS, VIEWS } from '../views.rules.js';

class FilesBody {
  @ApiProperty({ type: String, description: 'As addresses name it: category, kind-by-region or funder.' })
  view: string;

  @ApiProperty({ type: String })
  csv: string;

  @ApiProperty({ type: String })
  json: string;

  @ApiProperty({ type: String })
  svg: string;
}

class IndexEntryBody {
  @ApiProperty({ type: String, description: '`2026-Q3` or `2026`: what addresses call a release.' })
  period: string;

  @ApiProperty({ type: String })
  labelEn: string;

  @ApiProperty({ type: String })
  labelVi: string;

  @ApiProperty({
    enum: ['SEALED', 'REFUSED_FOR_SIZE'],
    description: 'REFUSED_FOR_SIZE: too few organizations could have reported; it is closed and has no figures.',
  })
  state: string;

  @ApiProperty({ type: String, format: 'date-time' })
  sealedAt: string;

  @ApiProperty({ type: [FilesBody] })
  views: FilesBody[];

  @ApiProperty({ type: String, nullable: true, description: 'The share that funders created, as a chart.' })
  funderShareSvg: string | null;
}

/** How OpenAPI shows the list of releases. */
export class IndexBody {
  @ApiProperty({ type: [IndexEntryBody], description: 'The latest first.' })
  releases: IndexEntryBody[];
}

class CellBody {
  @ApiProperty({ enum: KINDS })
  kind: string;

  @ApiProperty({ type: String, nullable: true, description: 'In the view category.' })
  category: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'In the view kind-by-region: the UN M49 code; null for the other regions together.',
  })
  region: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'In the view funder; null for the other funders together.',
  })
  funderId: string | null;

  @ApiProperty({ type: String, description: 'As it was called when the release was sealed.' })
  labelEn: string;

  @ApiProperty({ type: String })
  labelVi: string;

  @ApiProperty({
    type: 'integer',
    description: 'Organizations, signed, with the noise in it. Make sums and shares of these, negative ones included.',
  })
  value: number;

  @ApiProperty({ type: 'integer', description: 'Lower end of the 95 % interval for the true count.' })
  lower95: number;

  @ApiProperty({ type: 'integer', description: 'Upper end of the 95 % interval for the true count.' })
  upper95: number;

  @ApiProperty({ type: 'integer', description: 'A value below it could be noise alone: show "fewer than" it.' })
  threshold: number;

  @ApiProperty({ type: Number, description: 'The parameter of the noise: P(X = x) proportional to e^(-epsilon |x|).' })
  epsilon: number;
}

/** How OpenAPI shows the figures of a view. */
export class ReleaseViewBody {
  @ApiProperty({ type: String })
  period: string;

  @ApiProperty({ type: String, format: 'date' })
  startsOn: string;

  @ApiProperty({ type: String, format: 'date', description: 'The last day that counts.' })
  endsOn: string;

  @ApiProperty({ type: String, format: 'date-time' })
  sealedAt: string;

  @ApiProperty({ enum: VIEWS })
  view: string;

  @ApiProperty({ type: String, description: 'What is counted: organizations.' })
  unit: string;

  @ApiProperty({ type: [CellBody] })
  cells: CellBody[];
}
