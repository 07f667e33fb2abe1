import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { LoaderDefinition } from '../../platform/api/loader.js';
import type { Page } from '../../platform/api/page.js';
import { rankedPage } from '../../platform/api/ranked-page.js';
import { normalizeText, textProblem } from '../../platform/api/text.rules.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { CursorCipher } from '../../platform/db/cursor.service.js';
import { invalidValue, refuse } from '../../platform/errors/refusal.js';
import type { NarrativeReport } from '../reports/narrative-report.entity.js';
import { reportById } from '../reports/narrative-reports.loaders.js';
import type { ReportContent } from '../reports/report-content.rules.js';
import type { ReportShare } from '../shares/report-share.entity.js';
import { shareById } from '../shares/report-shares.loaders.js';
import type { Party } from '../shares/report-shares.store.js';
import { countWords, hasWord, wordsOf } from './fold.rules.js';
import type { ReportSearchArgs } from './report-search.inputs.js';
import { LONGEST_QUERY, MOST_WORDS } from './report-search.inputs.js';
import type { Hit } from './report-search.store.js';
import { findHits } from './report-search.store.js';
import { snippetOf } from './snippet.rules.js';

interface Found extends Hit {
  readonly snippet: string;
}
export type ShareFound = Found & { readonly reportShare: ReportShare };
export type ReportFound = Found & { readonly narrativeReport: NarrativeReport };
type Told = Pick<ReportContent, 'conversation' | 'links'> & { readonly sections: readonly { readonly text: string }[] };

/** Finding what was told: a funder in what was shared with it, a grantee in its own. */
@Injectable()
export class ReportSearch {
  constructor(private readonly cipher: CursorCipher) {}

  shares(context: RequestContext, funderId: string, args: ReportSearchArgs): Promise<Page<ShareFound> | null> {
    return this.search(context, 'FUNDER', funderId, args, shareById, (hit, reportShare) => {
      return { ...hit, reportShare, snippet: snippetOf(textsOf(reportShare.content), wordsOf(args.query)) };
    });
  }

  reports(context: RequestContext, granteeId: string, args: ReportSearchArgs): Promise<Page<ReportFound> | null> {
    return this.search(context, 'GRANTEE', granteeId, args, reportById, (hit, narrativeReport) => {
      return { ...hit, narrativeReport, snippet: snippetOf(textsOf(narrativeReport), wordsOf(args.query)) };
    });
  }

  /** What was found is read as the caller may see it: the search itself answers nothing but ids. */
  private async search<Row, F extends Found>(
    context: RequestContext,
    party: Party,
    organizationId: string,
    { query: typed, ...page }: ReportSearchArgs,
    loader: LoaderDefinition<string, Row>,
    found: (hit: Hit, row: Row) => F,
  ): Promise<Page<F> | null> {
    const { role, organizationIds } = context.actor;
    if (role !== party || !organizationIds.includes(organizationId)) return null;
    const query = readQuery(typed);
    const hits = await findHits(context.reader, party, query);
    return rankedPage<Hit, F>(this.cipher, `search ${context.reader.caller} ${query}`, hits, page, async (some) => {
      const rows = await Promise.all(some.map(({ id }) => context.load(loader, id)));
      const page: F[] = [];
      for (const [i, hit] of some.entries()) {
        const row = rows[i];
        if (!row) continue;
        page.push(found(hit, row));
        // Reports can be long: others are answered between one snippet and the next.
        await setImmediate();
      }
      return page;
    });
  }
}

function readQuery(typed: string): string {
  const query = normalizeText(typed);
  const problem = textProblem(query, { min: 0, max: LONGEST_QUERY });
  if (problem) {
    const { code, ...parameters } = problem;
    throw refuse(code, { path: ['query'], parameters });
  }
  if (!hasWord(query)) {
    throw invalidValue(['query'], 'SEARCH_EMPTY');
  }
  const words = countWords(query);
  if (words > MOST_WORDS) {
    throw refuse('TOO_MANY_WORDS', { path: ['query'], parameters: { limit: MOST_WORDS, actual: words } });
  }
  return query;
}

/** All that the row's reader may see of what was told, and all that is looked through. */
function textsOf({ sections, conversation, links }: Told): string[] {
  const labels = (links ?? []).flatMap(({ label }) => label ?? []);
  return [...sections.map(({ text }) => text), ...(conversation ? [conversation.notes] : []), ...labels];
}
