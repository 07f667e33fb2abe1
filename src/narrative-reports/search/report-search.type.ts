import { Field, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../platform/api/connection.js';
import { NarrativeReportType } from '../reports/narrative-report.type.js';
import { ReportShareType } from '../shares/report-share.type.js';

const SNIPPET = 'Up to about 200 characters of its text, around the first of the words.';

@ObjectType({ description: 'A share in which the words were found.' })
export class ReportShareHit {
  @Field(() => ReportShareType)
  reportShare: ReportShareType;

  @Field(() => String, { description: SNIPPET })
  snippet: string;
}

@ObjectType({ description: 'One of your own reports in which the words were found, hidden sections and drafts too.' })
export class NarrativeReportHit {
  @Field(() => NarrativeReportType)
  narrativeReport: NarrativeReportType;

  @Field(() => String, { description: SNIPPET })
  snippet: string;
}

export const ReportShareHitConnection = connectionOf(() => ReportShareHit, 'ReportShareHit');
export const NarrativeReportHitConnection = connectionOf(() => NarrativeReportHit, 'NarrativeReportHit');
