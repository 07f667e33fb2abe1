import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor.js';
import type { LoaderContext, LoaderDefinition } from '../../platform/api/loader.js';
import type { ListRequest, Page } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { CursorCipher } from '../../platform/db/cursor.service.js';
import { expectVersion } from '../../platform/db/expect-version.js';
import { updateRow } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import { notFound, refuse } from '../../platform/errors/refusal.js';
import { appendEvent } from '../../platform/events/append-event.js';
import type { Answer, Outcome } from '../../platform/idempotency/mutations.service.js';
import { Mutations } from '../../platform/idempotency/mutations.service.js';
import type { AgreementRow } from '../agreement.entity.js';
import type { AgreementCommand } from '../agreement.lifecycle.js';
import { AgreementsService } from '../agreements.service.js';
import { endOfDuty } from '../due-day.rules.js';
import type { Below } from '../pages-below.loaders.js';
import { pagesBelow, refuseOutsiders } from '../pages-below.loaders.js';
import { MOST_DAYS_MOVED, movableTo } from './expectation.rules.js';
import type { ExpectationsArgs, MoveExpectationInput, WaiveExpectationInput } from './expectations.inputs.js';
import type { Expectation } from './expectations.store.js';
import { agreementOfExpectation, expectationList, lockExpectation } from './expectations.store.js';
import { ReportingExpectationRow } from './reporting-expectation.entity.js';

@Injectable()
export class Expectations {
  private readonly ofGrantees: LoaderDefinition<Below<ExpectationsArgs>, Page<Expectation>>;

  constructor(
    private readonly mutations: Mutations,
    private readonly agreements: AgreementsService,
    cipher: CursorCipher,
  ) {
    const request = ({ actor, now }: LoaderContext, { filter }: ExpectationsArgs): Omit<ListRequest, 'arguments'> => {
      const { state, expectedOn } = filter ?? {};
      const days = { from: expectedOn?.gte ?? null, to: expectedOn?.lte ?? null };
      return expectationList(actor, { states: state?.in ?? null, ...days }, now);
    };
    this.ofGrantees = pagesBelow({ name: 'expectations of a grantee', request, column: () => 'e.offered_to' }, cipher);
  }

  /** All that a grantee is asked to tell, as far as the caller may see it. */
  ofGrantee(parentId: string, args: ExpectationsArgs, context: RequestContext): Promise<Page<Expectation> | null> {
    refuseOutsiders(context.actor, 'expectations');
    return context.load(this.ofGrantees, { parentId, args });
  }

  move(actor: Actor, input: MoveExpectationInput): Promise<Answer> {
    return this.mutations.run(actor, 'moveExpectation', input, async (tx) => {
      const { agreement, expectation } = await this.begin(tx, 'MOVE_EXPECTATION', input);
      const { movedTo } = input;
      const { allowed, earliest, latest } = movableTo(expectation.dueOn, movedTo);
      if (!allowed) {
        const parameters = { days: MOST_DAYS_MOVED, earliest, latest };
        throw refuse('EXPECTATION_MOVED_TOO_FAR', { path: ['movedTo'], parameters });
      }
      const changes = { movedTo, overdueAt: endOfDuty(movedTo, agreement.timeZone!, agreement.acceptedAt!) };
      return this.save(tx, expectation, changes, 'EXPECTATION_MOVED');
    });
  }

  waive(actor: Actor, input: WaiveExpectationInput): Promise<Answer> {
    return this.mutations.run(actor, 'waiveExpectation', input, async (tx) => {
      const { expectation } = await this.begin(tx, 'WAIVE_EXPECTATION', input);
      return this.save(tx, expectation, { waivedAt: tx.now }, 'EXPECTATION_WAIVED');
    });
  }

  private async begin(
    tx: Tx,
    command: AgreementCommand,
    { id, expectedVersion }: WaiveExpectationInput,
  ): Promise<{ agreement: AgreementRow; expectation: Expectation }> {
    const agreementId = await agreementOfExpectation(tx, id);
    if (agreementId === null) throw notFound('id');
    const { agreement } = await this.agreements.step(tx, command, agreementId);
    const expectation = await lockExpectation(tx, id);
    if (!expectation) throw notFound('id');
    expectVersion(expectation, expectedVersion);
    if (expectation.metByShareId !== null) throw refuse('EXPECTATION_ALREADY_MET', { path: ['id'] });
    if (expectation.waivedAt !== null) throw refuse('EXPECTATION_WAIVED', { path: ['id'] });
    return { agreement, expectation };
  }

  private save(
    tx: Tx,
    { id, funderId, granteeId, fiscalSponsorId, version }: Expectation,
    changes: Partial<ReportingExpectationRow>,
    type: string,
  ): Outcome {
    updateRow(tx, ReportingExpectationRow, { id, ...changes, version: version + 1 });
    appendEvent(tx, {
      type,
      subjectType: 'REPORTING_EXPECTATION',
      subjectId: id,
      funderId,
      granteeId,
      sponsorId: fiscalSponsorId,
      forSteward: true,
    });
    return { id, version: version + 1 };
  }
}
