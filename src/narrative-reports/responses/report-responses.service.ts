import { Injectable } from '@nestjs/common';
import type { Below } from '../../agreements/pages-below.loaders.js';
import { pagesBelow } from '../../agreements/pages-below.loaders.js';
import type { Actor } from '../../platform/access/actor.js';
import type { LoaderDefinition } from '../../platform/api/loader.js';
import type { Page, PageArguments } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { insertRow, updateRow } from '../../platform/db/columns.js';
import { CursorCipher } from '../../platform/db/cursor.service.js';
import type { Tx } from '../../platform/db/transaction.js';
import { actionNotAllowed, notFound, refuse } from '../../platform/errors/refusal.js';
import type { ActionWord } from '../../platform/errors/words.rules.js';
import type { Answer, Outcome } from '../../platform/idempotency/mutations.service.js';
import { Mutations } from '../../platform/idempotency/mutations.service.js';
import type { ReportShare } from '../shares/report-share.entity.js';
import { ReportResponseRow, ReportShareRow } from '../shares/report-share.entity.js';
import { announceShare } from '../shares/report-shares.service.js';
import type { Party } from '../shares/report-shares.store.js';
import { lockShare, partyOf } from '../shares/report-shares.store.js';
import type {
  RateReportResponseInput,
  ReplyToReportResponseInput,
  RespondToReportInput,
} from './report-responses.inputs.js';
import { lastNumber, latestRating, replyList } from './report-responses.store.js';
import { ReportRatingRow, ReportReplyRow } from './report-talk.entity.js';

const MOST_REPLIES = 200;
const MOST_RATINGS = 100;

/** What a funder owes for a report, and the talk that follows. */
@Injectable()
export class ReportResponses {
  private readonly repliesBelow: LoaderDefinition<Below<PageArguments>, Page<ReportReplyRow>>;

  constructor(
    private readonly mutations: Mutations,
    cipher: CursorCipher,
  ) {
    this.repliesBelow = pagesBelow(
      { name: 'replies', request: ({ actor }) => replyList(actor), column: () => 'r.share_id' },
      cipher,
    );
  }

  replies(context: RequestContext, parentId: string, args: PageArguments): Promise<Page<ReportReplyRow> | null> {
    return context.load(this.repliesBelow, { parentId, args });
  }

  respond(actor: Actor, input: RespondToReportInput): Promise<Answer> {
    return this.mutations.run(actor, 'respondToReport', input, async (tx) => {
      const share = await this.lock(tx, 'FUNDER', input.shareId);
      if (share.state === 'ANSWERED') throw refuse('SHARE_ALREADY_ANSWERED', { path: ['shareId'] });
      const { kind, text } = input;
      insertRow(tx, ReportResponseRow, { id: tx.newId(), ...partiesOf(share), kind, text, respondedAt: tx.now });
      return this.save(tx, share, { state: 'ANSWERED' }, 'REPORT_ANSWERED');
    });
  }

  /** Either side goes on from an answer; nobody is kept waiting by that, so there is no duty and no date in it. */
  reply(actor: Actor, input: ReplyToReportResponseInput): Promise<Answer> {
    return this.mutations.run(actor, 'replyToReportResponse', input, async (tx) => {
      const author = partyOf(actor)!;
      const share = await this.lockAnswered(tx, author, input.shareId, 'replyToReportResponse');
      const number = await this.next(tx, 'report_replies', share.id, MOST_REPLIES);
      insertRow(tx, ReportReplyRow, { ...partiesOf(share), number, author, text: input.text, writtenAt: tx.now });
      return this.save(tx, share, {}, 'REPORT_RESPONSE_REPLIED');
    });
  }

  rate(actor: Actor, input: RateReportResponseInput): Promise<Answer> {
    return this.mutations.run(actor, 'rateReportResponse', input, async (tx) => {
      const share = await this.lockAnswered(tx, 'GRANTEE', input.shareId, 'rateReportResponse');
      const { helped } = input;
      if ((await latestRating(tx, share.id))?.helped === helped) return { id: share.id, version: share.version };
      const number = await this.next(tx, 'report_ratings', share.id, MOST_RATINGS);
      insertRow(tx, ReportRatingRow, { ...partiesOf(share), number, helped, ratedAt: tx.now });
      return this.save(tx, share, {}, 'REPORT_RESPONSE_RATED');
    });
  }

  private async lock(tx: Tx, party: Party, shareId: string): Promise<ReportShare> {
    const share = await lockShare(tx, party, shareId);
    if (!share) throw notFound('shareId');
    return share;
  }

  private async lockAnswered(tx: Tx, party: Party, shareId: string, action: ActionWord): Promise<ReportShare> {
    const share = await this.lock(tx, party, shareId);
    if (share.state !== 'ANSWERED') {
      throw actionNotAllowed(action, share.state, 'shareId');
    }
    return share;
  }

  private async next(
    tx: Tx,
    table: 'report_replies' | 'report_ratings',
    shareId: string,
    limit: number,
  ): Promise<number> {
    const number = (await lastNumber(tx, table, shareId)) + 1;
    if (number > limit) throw refuse('TOO_MANY_ITEMS', { path: ['shareId'], parameters: { limit, actual: number } });
    return number;
  }

  private save(tx: Tx, share: ReportShare, changes: Partial<ReportShareRow>, type: string): Outcome {
    const version = share.version + 1;
    updateRow(tx, ReportShareRow, { id: share.id, ...changes, version });
    announceShare(tx, type, share);
    return { id: share.id, version };
  }
}

function partiesOf({ id, funderId, granteeId }: ReportShare): {
  shareId: string;
  funderId: string;
  granteeId: string;
} {
  return { shareId: id, funderId, granteeId };
}
