import type { WayOutName } from './ways-out.js';

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);

/** Each answers by the ways `answers`, `headers` and `lengths`. Hidden tiers have no address of their own. */
export const ROUTES: readonly string[] = [
  'GET /graphiql/assets/3.8.3/:file',
  'GET /graphql',
  'POST /graphql',
  'OPTIONS /graphql',
  'GET /',
  'GET /docs',
  'GET /docs/:name',
  'GET /docs/:name/:part',
  'GET /docs/rest',
  'GET /docs/rest/assets/5.33.0/:file',
  'GET /favicon.ico',
  'GET /health/live',
  'GET /health/ready',
  'GET /insights',
  'GET /insights/dictionary',
  'GET /openapi.json',
  'GET /schema.graphql',
  'GET /v1/agreements/:id/revisions/:number',
  'GET /v1/attachments/:id',
  'GET /v1/history/heads',
  'GET /v1/history/heads/:date',
  'GET /v1/reports/export',
  'POST /v1/reports/:id/attachments',
  'POST /v1/imports/360giving',
  'GET /v1/statistics',
  'GET /v1/statistics/all/:view.csv',
  'GET /v1/statistics/dictionary.json',
  'GET /v1/statistics/:release/:view.csv',
  'GET /v1/statistics/:release/:view.csv-metadata.json',
  'GET /v1/statistics/:release/:view.json',
  'GET /v1/statistics/:release/:view.svg',
];

/** Asked by everybody in both twins, with all that the schema has below them. */
export const QUERIES: readonly string[] = words(`
  historyHeads identifierClaims network organizations
  agreement agreementRevision agreements apiKeys conversationNotes events funder funders grantee grantees
  installments narrativeReport narrativeReports node nodes obstacle obstacleCodes obstacleEvents
  obstacleGuarantee obstacleReleases obstacleStatistics obstacleSuggestions obstacles practiceChanges
  reportPrompts reportShare reportShares viewer
`);
/** Tried by everybody in both twins. */
export const MUTATIONS: readonly string[] = words(`
  confirmIdentifier declareNoStewardOrganization nameStewardOrganization removeIdentifier
  acceptAgreement acceptAmendment acknowledgeObstacle announceDissolution claimInvitation
  confirmConversationNotes confirmDisbursement correctReceipt correctReport createApiKey declineAgreement
  declineAmendment deleteDraftReport discardAgreement draftAgreement draftConversationNotes draftReport
  inviteGrantee liftLegalHold mergeOrganizations moveExpectation offerAgreement placeLegalHold proposeAmendment
  publishPracticeChange rateReportResponse recordDisbursement recordDissolution recordRepayment
  registerOrganization removeAttachment renewAgreement replyToReportResponse reportDisbursementMissing
  requestAgreementChanges respondToObstacle respondToReport retractPracticeChange returnDisbursement
  reviseAgreement reviseConversationNotes revokeApiKey rotateApiKey saveReportDetails saveReportSection
  sealObstacleRelease setAttachmentVisibility setReportPrompts shareReport submitReport unshareReport
  updateFunderProfile updateOrganization voidDisbursement waiveExpectation withdrawAgreement withdrawAmendment
  withdrawDissolution
`);
/** What a grantee does and nobody else may notice: done in the first twin alone, one by one, in `non-interference.e2e.ts`. */
export const HIDDEN_MUTATIONS: readonly string[] = words(`
  logObstacle openObstacleTier resolveObstacle reopenObstacle withdrawObstacle logSuggestedObstacle
  dismissSuggestion
`);

/** None is added for a hidden obstacle; what the clock begins is run in both twins. */
export const TASKS: readonly string[] = words(`
  clear_files complete_agreements forget_outcomes freeze_obstacle_response_records freeze_report_response_records remind
  remind_obstacle_responses remind_response_due seal_obstacle_releases take_amendment_effect
  tell_of_entries_closed_to_steward publish_head
`);

/** Response headers that somebody is sent. */
export const HEADERS: readonly string[] = words(`
  access-control-allow-origin cache-control connection content-disposition content-length content-security-policy
  content-type cross-origin-opener-policy cross-origin-resource-policy date etag keep-alive origin-agent-cluster
  ratelimit-limit ratelimit-remaining ratelimit-reset referrer-policy strict-transport-security transfer-encoding vary
  www-authenticate x-content-type-options x-dns-prefetch-control x-download-options x-frame-options x-permitted-cross-domain-policies
  x-request-id x-xss-protection
`);

/** Something in the sources that can carry bytes out: by which way they go, and in which files it may stand. */
export interface RegisteredCarrier {
  /** A package, a module of Node or a global, as `carriers-in-source.ts` names it; a module of Node without the names of its members. */
  readonly name: string;
  readonly ways: readonly WayOutName[];
  /** Beginnings of paths; left out: anywhere. */
  readonly files?: readonly string[];
}

const ANSWERED = ['answers', 'headers', 'lengths'] as const;
const COMMAND_LINE = [
  'src/cli/',
  'src/demo/',
  'src/simulation/',
  'src/serve.ts',
  'src/contract.ts',
  'src/local-database.ts',
];
const EMBEDDED = 'src/platform/db/embedded/';
const PAGE_FILES = 'src/platform/http/page-files.ts';
const DISK = 'src/platform/files/disk-file-store.ts';
const carriesNothing = (names: string): RegisteredCarrier[] =>
  words(names).map((name) => ({ name: name.replace('+', ' '), ways: [] }));

export const CARRIERS: readonly RegisteredCarrier[] = [
  ...carriesNothing(`
    node:buffer node:crypto node:path node:stream node:stream/consumers node:stream/promises node:timers/promises node:util
    package+@nestjs/common package+@nestjs/core package+@nestjs/graphql package+@nestjs/swagger package+@nestjs/terminus
    package+@streamparser/json package+class-transformer package+class-validator package+content-disposition
    package+csv-stringify package+dataloader package+file-type package+graphql package+graphql-jit package+lru-cache
    package+reflect-metadata package+rxjs package+vega package+yauzl package+yazl
  `),
  ...[
    '@apollo/server',
    '@fastify/helmet',
    '@fastify/multipart',
    '@fastify/rate-limit',
    '@nestjs/apollo',
    '@nestjs/platform-fastify',
  ].map((name) => ({ name: `package ${name}`, ways: ANSWERED })),
  // All of PostgreSQL: rows, jobs, counters, statistics, texts of statements; by one socket.
  ...['pg', 'typeorm'].map((name) => ({
    name: `package ${name}`,
    ways: ['sockets opened', 'rows', 'sequences', 'table statistics', 'statement texts'] as const,
  })),
  { name: 'package graphile-worker', ways: ['job tables'] },
  { name: 'package pino', ways: ['log lines', 'fault lines'], files: ['src/app.ts', 'src/platform/http/logger.ts'] },
  // Attachments and the ledger in buckets, by a socket. Obstacles have no attachments.
  ...['@aws-sdk/client-s3', '@aws-sdk/lib-storage'].map((name) => ({
    name: `package ${name}`,
    ways: ['file store', 'ledger store', 'sockets opened', 'name look-ups'] as const,
    files: ['src/platform/files/s3-'],
  })),
  { name: 'node:fs', ways: ['files written'], files: [...COMMAND_LINE, EMBEDDED, PAGE_FILES, 'src/welcome/guides/'] },
  {
    name: 'node:fs/promises',
    ways: ['file store', 'files written'],
    files: [DISK, 'src/imports/upload.ts', 'src/cli/import.ts', PAGE_FILES],
  },
  // Sealed releases once more, outside the database: what is published, and nothing before its noise.
  { name: 'node:fs/promises', ways: ['ledger store', 'files written'], files: ['src/platform/ledger/disk-'] },
  { name: 'node:child_process', ways: ['processes started'], files: [EMBEDDED] },
  { name: 'node:net', ways: ['ports opened'], files: [`${EMBEDDED}server.ts`] },
  // Reads addresses as text (`isIP`, `BlockList`), and opens nothing.
  { name: 'node:net', ways: [], files: ['src/trusted-proxies.ts'] },
  { name: 'node:os', ways: [], files: [EMBEDDED, 'src/imports/upload.ts', 'src/contract.ts'] },
  { name: 'node:module', ways: [], files: [EMBEDDED, PAGE_FILES] },
  { name: 'global require', ways: [], files: [PAGE_FILES] },
  // The guides of the repository, read when the service starts, and rendered from nothing else.
  ...['node:url', 'package markdown-it'].map((name) => ({ name, ways: [], files: ['src/welcome/guides/guides.ts'] })),
  // Beside the command line: the last line of a process that ends by a fault which nobody caught.
  { name: 'global console', ways: ['standard error'], files: [...COMMAND_LINE, 'src/platform/errors/unhandled.ts'] },
  { name: 'process.stderr', ways: ['standard error'], files: COMMAND_LINE },
  // A leaked key is pasted into a terminal that shows nothing.
  { name: 'node:readline', ways: [], files: ['src/cli/'] },
  { name: 'process.stdin', ways: [], files: ['src/cli/'] },
  { name: 'process.kill', ways: [], files: [EMBEDDED] },
  // The demo calls the service that it has started itself.
  { name: 'global fetch', ways: ['sockets opened'], files: ['src/demo/demo-client.ts'] },
];
