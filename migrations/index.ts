import { Foundation1790000000001 } from './0001-foundation.js';
import { Directory1790000000002 } from './0002-directory.js';
import { Agreements1790000000003 } from './0003-agreements.js';
import { Imports1790000000006 } from './0006-imports.js';
import { Money1790000000007 } from './0007-money.js';
import { NarrativeReports1790000000004 } from './0004-narrative-reports.js';
import { Amendments1790000000008 } from './0008-amendments.js';
import { ReportFormats1790000000013 } from './0013-report-formats.js';
import { SharesOfVersions1790000000014 } from './0014-shares-of-versions.js';
import { Attachments1790000000017 } from './0017-attachments.js';
import { Lists1790000000011 } from './0011-lists.js';
import { DutyRecords1790000000015 } from './0015-duty-records.js';
import { Reminders1790000000012 } from './0012-reminders.js';
import { ReportAnswers1790000000016 } from './0016-report-answers.js';
import { ReportSearch1790000000022 } from './0022-report-search.js';
import { Obstacles1790000000005 } from './0005-obstacles.js';
import { Statistics1790000000020 } from './0020-statistics.js';
import { ObstacleSuggestions1790000000018 } from './0018-obstacle-suggestions.js';
import { SponsoredProjects1790000000009 } from './0009-sponsored-projects.js';
import { Dissolutions1790000000010 } from './0010-dissolutions.js';
import { SponsorsReadAttachments1790000000030 } from './0030-sponsors-read-attachments.js';
import { StewardOrganization1790000000032 } from './0032-steward-organization.js';
import { KeyLineages1790000000033 } from './0033-key-lineages.js';
import { History1790000000035 } from './0035-history.js';
import { PracticeChanges1790000000019 } from './0019-practice-changes.js';
import { IdentifierClaims1790000000036 } from './0036-identifier-claims.js';
import { OutcomesOfLineages1790000000041 } from './0041-outcomes-of-lineages.js';
import { RepeatedClaims1790000000043 } from './0043-repeated-claims.js';
import { ClassesOfLocks1790000000034 } from './0034-classes-of-locks.js';
import { LedgerOutside1790000000045 } from './0045-ledger-outside.js';
import { TimesOfPositions1790000000047 } from './0047-times-of-positions.js';
import { SealingWaits1790000000042 } from './0042-sealing-waits.js';
import { EpochAndWitness1790000000046 } from './0046-epoch-and-witness.js';
import { EndedKeys1790000000050 } from './0050-ended-keys.js';
import { OrganizationLists1790000000063 } from './0063-organization-lists.js';
import { ExpectationsAndGrounds1790000000064 } from './0064-expectations-and-grounds.js';
import { VersionsOfFunders1790000000065 } from './0065-versions-of-funders.js';
import { ReplacedCopies1790000000066 } from './0066-replaced-copies.js';
import { ImportedNamesAndDurations1790000000055 } from './0055-imported-names-and-durations.js';
import { Notices1790000000067 } from './0067-notices.js';
import { PastDueDays1790000000051 } from './0051-past-due-days.js';
import { EarlyEnds1790000000052 } from './0052-early-ends.js';
import { WaitingAmendments1790000000068 } from './0068-waiting-amendments.js';
import { StatesBehind1790000000069 } from './0069-states-behind.js';
import { EventsAsTheyCame1790000000071 } from './0071-events-as-they-came.js';

/** In the order they run. A migration that was released is never edited; a new one is added below. */
export const MIGRATIONS = [
  Foundation1790000000001,
  Directory1790000000002,
  Agreements1790000000003,
  NarrativeReports1790000000004,
  Obstacles1790000000005,
  Imports1790000000006,
  Money1790000000007,
  Amendments1790000000008,
  Statistics1790000000020,
  ReportFormats1790000000013,
  SharesOfVersions1790000000014,
  ObstacleSuggestions1790000000018,
  Attachments1790000000017,
  SponsoredProjects1790000000009,
  Dissolutions1790000000010,
  Lists1790000000011,
  DutyRecords1790000000015,
  SponsorsReadAttachments1790000000030,
  PracticeChanges1790000000019,
  Reminders1790000000012,
  ReportAnswers1790000000016,
  ReportSearch1790000000022,
  StewardOrganization1790000000032,
  KeyLineages1790000000033,
  ClassesOfLocks1790000000034,
  History1790000000035,
  IdentifierClaims1790000000036,
  OutcomesOfLineages1790000000041,
  LedgerOutside1790000000045,
  TimesOfPositions1790000000047,
  RepeatedClaims1790000000043,
  SealingWaits1790000000042,
  EpochAndWitness1790000000046,
  EndedKeys1790000000050,
  OrganizationLists1790000000063,
  ExpectationsAndGrounds1790000000064,
  VersionsOfFunders1790000000065,
  ReplacedCopies1790000000066,
  ImportedNamesAndDurations1790000000055,
  PastDueDays1790000000051,
  EarlyEnds1790000000052,
  Notices1790000000067,
  WaitingAmendments1790000000068,
  StatesBehind1790000000069,
  EventsAsTheyCame1790000000071,
];
