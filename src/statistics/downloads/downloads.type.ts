import { ApiProperty } from '@nestjs/swagger';
import { KINDS, VIEWS } from '../views.rules.js';
import { descriptionOf } from './columns.rules.js';

class FilesBody {
  @ApiProperty({ type: String, description: 'As addresses name it: category, kind-by-region or funder.' })
  view: string;

  @ApiProperty({ type: String })
  csv: string;

  @ApiProperty({
    type: String,
    description: "What the columns of the CSV file are, by the W3C's Metadata Vocabulary for Tabular Data.",
  })
  csvMetadata: string;

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

class AllBody {
  @ApiProperty({ type: String, description: 'As addresses name it: category, kind-by-region or funder.' })
  view: string;

  @ApiProperty({ type: String })
  csv: string;
}

class DictionaryAddressesBody {
  @ApiProperty({ type: String, description: 'For programs.' })
  json: string;

  @ApiProperty({ type: String, description: 'For people.' })
  page: string;
}

/** How OpenAPI shows the list of releases. */
export class IndexBody {
  @ApiProperty({ type: [IndexEntryBody], description: 'The latest first.' })
  releases: IndexEntryBody[];

  @ApiProperty({ type: [AllBody], description: 'All published periods of a view in one file.' })
  all: AllBody[];

  @ApiProperty({
    type: DictionaryAddressesBody,
    description: 'What columns and codes mean, in English and Vietnamese.',
  })
  dictionary: DictionaryAddressesBody;
}

class CellBody {
  @ApiProperty({ enum: KINDS, description: descriptionOf('kind') })
  kind: string;

  @ApiProperty({ type: String, nullable: true, description: descriptionOf('category') })
  category: string | null;

  @ApiProperty({ type: String, nullable: true, description: descriptionOf('region') })
  region: string | null;

  @ApiProperty({ type: String, nullable: true, description: descriptionOf('funderId') })
  funderId: string | null;

  @ApiProperty({ type: String, description: descriptionOf('labelEn') })
  labelEn: string;

  @ApiProperty({ type: String, description: descriptionOf('labelVi') })
  labelVi: string;

  @ApiProperty({ type: 'integer', description: descriptionOf('value') })
  value: number;

  @ApiProperty({ type: 'integer', description: descriptionOf('lower95') })
  lower95: number;

  @ApiProperty({ type: 'integer', description: descriptionOf('upper95') })
  upper95: number;

  @ApiProperty({ type: 'integer', description: descriptionOf('threshold') })
  threshold: number;

  @ApiProperty({ type: Number, description: descriptionOf('epsilon') })
  epsilon: number;
}

/** How OpenAPI shows the figures of a view. */
export class ReleaseViewBody {
  @ApiProperty({ type: String, description: descriptionOf('period') })
  period: string;

  @ApiProperty({ type: String, format: 'date', description: descriptionOf('startsOn') })
  startsOn: string;

  @ApiProperty({ type: String, format: 'date', description: descriptionOf('endsOn') })
  endsOn: string;

  @ApiProperty({ type: String, format: 'date-time' })
  sealedAt: string;

  @ApiProperty({ enum: VIEWS, description: descriptionOf('view') })
  view: string;

  @ApiProperty({ type: String, description: 'What is counted: organizations.' })
  unit: string;

  @ApiProperty({ type: [CellBody] })
  cells: CellBody[];
}
