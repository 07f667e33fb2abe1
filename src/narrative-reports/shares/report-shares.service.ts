import { Injectable } from '@nestjs/common';
import { AgreementsService } from '../../agreements/agreements.service.js';
import type { AgreementRow } from '../../agreements/agreement.entity.js';
import type { Actor } from '../../platform/access/actor.js';
import type { LoaderContext, LoaderDefinition } from '../../platform/api/loader.js';
import type { Page } from '../../platform/api/page.js';
import { readPage, readPages } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { insertRow, updateRow } from '../../platform/db/columns.js';
import { CursorCipher } from '../../platform/db/cursor.service.js';
import type { Tx } from '../../platform/db/transaction.js';
import { Refusal, actionNotAllowed, notFound, refuse } from '../../platform/errors/refusal.js';
import { appendEvent } from '../../platform/events/append-event.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import { Mutations } from '../../platform/idempotency/mutations.service.js';
import { addJob } from '../../platform/jobs/add-job.js';
import type { ReportAttachmentRow } from '../attachments/attachment.entity.js';
import { copyIntoShare } from '../attachments/attachments.store.js';
import type { ReportContent } from '../reports/report-content.rules.js';
import { isEmpty } from '../reports/report-format.rules.js';
import { sharedWith } from '../reports/report-content.rules.js';
import { ReportShareRow } from './report-share.entity.js';
import type { ReportShare } from './report-share.entity.js';
import type { ReportSharesArgs, UnshareReportInput } from './report-shares.inputs.js';
import type { GranteesShare, ShareParent, WantedShares } from './report-shares.store.js';
import { asSeenBy, lockShare, partyOf, shareList } from './report-shares.store.js';
import type { ResponseDuty } from '../responses/response-duty.rules.js';
import { sharingAgain } from './sharing-again.rules.js';
import { reminderTimes, responseDuty } from '../responses/response-duty.rules.js';

interface ShareListKey {
  readonly kind: ShareParent;
  readonly parentId: string;
  readonly list: ReportSharesArgs;
}

/** The version of a report that is shared. */
export interface SharedVersion {
  readonly reportId: string;
  readonly number: number;
  readonly content: ReportContent;
  readonly attachments: readonly ReportAttachmentRow[];
}
export interface Recipients {
  readonly shareWith?: readonly string[] | null;
  readonly meets?: readonly { readonly agreementId: string; readonly expectationId: string }[] | null;
}

@Injectable()
export class ReportShares {
  /** Shares below agreements, reports or organizations: one statement for all parents of a level. */
  private readonly below: LoaderDefinition<ShareListKey, Page<ReportShare>> = {
    name: 'reportSharesBelow',
    keyOf: (key) => JSON.stringify(key),
    load: (context, keys) => this.listBelow(context, keys),
  };

  constructor(
    private readonly mutations: Mutations,
    private readonly cipher: CursorCipher,
    private readonly agreements: AgreementsService,
  ) {}

  list({ actor, reader, now }: RequestContext, list: ReportSharesArgs): Promise<Page<ReportShare>> {
    const request = shareList(actor, wantedOf(list), now, null);
    return readPage(reader, this.cipher, { ...request, arguments: list });
  }

  /** Null for whoever is no party of any report. */
  pageBelow(
    context: RequestContext,
    kind: ShareParent,
    parentId: string,
    list: ReportSharesArgs,
  ): Promise<Page<ReportShare> | null> {
    return partyOf(context.actor) ? context.load(this.below, { kind, parentId, list }) : Promise.resolve(null);
  }

  /** Copies what each funder may see into a share of its own, with the duty to answer it. */
  async share(
    tx: Tx,
    version: SharedVersion,
    { shareWith, meets }: Recipients,
    earlier: readonly GranteesShare[] = [],
  ): Promise<void> {
    const agreementIds = [...new Set(shareWith)];
    const named = new Map(meets?.map((meeting, i) => [meeting.agreementId, { ...meeting, i }]));
    const stray = [...named.values()].find(({ agreementId }) => !agreementIds.includes(agreementId));
    if (stray) throw notFound('meets', String(stray.i), 'agreementId');
    for (const [i, agreement] of (await this.agreements.lockForReport(tx, agreementIds)).entries()) {
      const content = sharedWith(version.content, agreement.funderId);
      const path = ['shareWith', String(i)];
      const attachments = version.attachments.filter(({ isVisible }) => isVisible);
      if (isEmpty(content, attachments.length)) throw refuse('REPORT_EMPTY', { path });
      const ofAgreement = earlier.filter(({ agreementId }) => agreementId === agreement.id);
      const again = sharingAgain(ofAgreement, version.number);
      if (again.kind === 'SAME') throw refuse('ALREADY_SHARED', { path });
      const id = tx.newId();
      const freed = again.kind === 'REPLACES' ? await this.takeBack(tx, again.share, id) : null;
      const meeting = named.get(agreement.id) ?? (freed ? { expectationId: freed } : undefined);
      // A correction of what was answered is no second report: it meets only what is named.
      const meetsNothing = again.kind === 'STANDS_BESIDE' && !meeting;
      const expectationId = meetsNothing ? null : await this.meet(tx, agreement.id, id, meeting);
      const duty = again.kind === 'REPLACES' ? dutyOf(again.share) : responseDuty(dutyTerms(agreement), tx.now);
      const { funderId, granteeId, fiscalSponsorId } = agreement;
      insertRow(tx, ReportShareRow, {
        id,
        funderId,
        granteeId,
        agreementId: agreement.id,
        reportId: version.reportId,
        reportVersion: version.number,
        expectationId,
        content,
        ...duty,
        sharedAt: tx.now,
        state: 'AWAITING_RESPONSE',
      });
      copyIntoShare(tx, { id, funderId, granteeId }, attachments);
      announceShare(tx, 'REPORT_SHARED', { id, funderId, granteeId, fiscalSponsorId });
      const reminders = reminderTimes(duty, dutyTerms(agreement), tx.now);
      for (const at of reminders) addJob(tx, 'remind_response_due', id, at);
    }
  }

  unshare(actor: Actor, input: UnshareReportInput): Promise<Answer> {
    return this.mutations.run(actor, 'unshareReport', input, async (tx) => {
      const share = await lockShare(tx, 'GRANTEE', input.shareId);
      if (!share) throw notFound('shareId');
      if (share.state === 'ANSWERED') throw refuse('SHARE_ALREADY_ANSWERED', { path: ['shareId'] });
      if (share.unsharedAt) {
        throw actionNotAllowed('unshareReport', 'UNSHARED', 'shareId');
      }
      await this.takeBack(tx, share, null);
      return { id: share.id, version: share.version + 1 };
    });
  }

  /** Answers the expectation that is open again by it. */
  private async takeBack(tx: Tx, share: ReportShare, replacedBy: string | null): Promise<string | null> {
    const { expectationId } = await this.agreements.reopenExpectation(tx, share.agreementId, share.id);
    updateRow(tx, ReportShareRow, {
      id: share.id,
      unsharedAt: tx.now,
      replacedBy,
      expectationId: null,
      version: share.version + 1,
    });
    announceShare(tx, 'REPORT_UNSHARED', share);
    return expectationId;
  }

  private async meet(
    tx: Tx,
    agreementId: string,
    shareId: string,
    named: { readonly expectationId: string; readonly i?: number } | undefined,
  ): Promise<string | null> {
    try {
      const expectationId = named?.expectationId ?? null;
      return (await this.agreements.meetExpectation(tx, { agreementId, expectationId, shareId })).expectationId;
    } catch (error) {
      if (!(error instanceof Refusal) || named?.i === undefined) throw error;
      const place = ['meets', String(named.i)];
      throw new Refusal(error.reasons.map((reason) => ({ ...reason, path: [...place, ...(reason.path ?? [])] })));
    }
  }

  private async listBelow(
    { actor, reader, now }: LoaderContext,
    keys: readonly ShareListKey[],
  ): Promise<Page<ReportShare>[]> {
    const pages = new Map<ShareListKey, Page<ReportShare>>();
    const groups = new Map<string, ShareListKey[]>();
    for (const key of keys) {
      const alike = JSON.stringify([key.kind, key.list]);
      groups.set(alike, [...(groups.get(alike) ?? []), key]);
    }
    for (const group of groups.values()) {
      const { kind, list } = group[0];
      const request = shareList(actor, wantedOf(list), now, { kind, ids: group.map(({ parentId }) => parentId) });
      const found = await readPages<ReportShare>(reader, this.cipher, { ...request, arguments: list });
      group.forEach((key, i) => {
        const rows = found[i].rows.map((row) => asSeenBy(row, actor));
        pages.set(key, { ...found[i], rows });
      });
    }
    return keys.map((key) => pages.get(key)!);
  }
}

const NEWEST_FIRST = { field: 'SHARED_AT', direction: 'DESC' } as const;

function wantedOf({ filter, orderBy }: ReportSharesArgs): WantedShares {
  const order = orderBy ?? NEWEST_FIRST;
  return { states: filter?.state?.in ?? null, isOverdue: filter?.isOverdue ?? null, order };
}

/** A correction gives nobody more time: what was owed by a day stays owed by it. */
function dutyOf({ respondBy, respondByAt }: ReportShare): ResponseDuty {
  return { respondBy, respondByAt };
}

/** An accepted agreement has both. */
function dutyTerms({ timeZone, responseDays }: AgreementRow): { timeZone: string; responseDays: number } {
  return { timeZone: timeZone!, responseDays: responseDays! };
}

/** Both parties and a fiscal sponsor hear of a share by its own id; the steward has no part in it. */
export function announceShare(
  tx: Tx,
  type: string,
  { id, funderId, granteeId, fiscalSponsorId }: Pick<ReportShare, 'id' | 'funderId' | 'granteeId' | 'fiscalSponsorId'>,
): void {
  const about = { subjectType: 'REPORT_SHARE', subjectId: id, forSteward: false } as const;
  appendEvent(tx, { type, ...about, funderId, granteeId, sponsorId: fiscalSponsorId });
}
