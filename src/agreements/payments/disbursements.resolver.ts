import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Requires } from '../../platform/access/requires.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import {
  ConfirmDisbursementPayload,
  CorrectReceiptPayload,
  RecordDisbursementPayload,
  ReportDisbursementMissingPayload,
  ReturnDisbursementPayload,
  VoidDisbursementPayload,
} from './disbursement-payloads.type.js';
import { DisbursementType } from './disbursement.type.js';
import {
  ConfirmDisbursementInput,
  CorrectReceiptInput,
  RecordDisbursementInput,
  ReportDisbursementMissingInput,
  ReturnDisbursementInput,
  VoidDisbursementInput,
} from './disbursements.inputs.js';
import { Disbursements } from './disbursements.service.js';

@Resolver(() => DisbursementType)
export class DisbursementsResolver {
  constructor(private readonly disbursements: Disbursements) {}

  @Requires('FUNDER')
  @Mutation(() => RecordDisbursementPayload, {
    description:
      'Says that money was sent for an installment; it has arrived only when the grantee says so. Errors: NOT_FOUND, ACTION_NOT_ALLOWED, CURRENCY_MISMATCH, PAYMENT_ABOVE_INSTALLMENT, DATE_OUT_OF_RANGE.',
  })
  recordDisbursement(
    @Args('input') input: RecordDisbursementInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.disbursements.record(actor, input);
  }

  @Requires('GRANTEE')
  @Mutation(() => ConfirmDisbursementPayload, {
    description:
      'Says that the money has arrived, and how much; of a sponsored project its fiscal sponsor says so, at whose account it arrives. A payment that had been missing is confirmed like any other; after its replacement it is surplus. Errors: NOT_FOUND, STALE_VERSION, ACTION_NOT_ALLOWED, FOR_ANOTHER_PARTY, RECEIVED_MORE_THAN_SENT, DATE_OUT_OF_RANGE.',
  })
  confirmDisbursement(
    @Args('input') input: ConfirmDisbursementInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.disbursements.confirm(actor, input);
  }

  @Requires('GRANTEE')
  @Mutation(() => CorrectReceiptPayload, {
    description:
      'Corrects what was told of a receipt; `receipts` keeps what was told before. Once money of it went back its day stays. Errors: NOT_FOUND, STALE_VERSION, ACTION_NOT_ALLOWED, FOR_ANOTHER_PARTY, RECEIVED_MORE_THAN_SENT, DATE_OUT_OF_RANGE.',
  })
  correctReceipt(@Args('input') input: CorrectReceiptInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.disbursements.correctReceipt(actor, input);
  }

  @Requires('GRANTEE')
  @Mutation(() => ReportDisbursementMissingPayload, {
    description:
      'Says that the money has not arrived. Errors: NOT_FOUND, STALE_VERSION, ACTION_NOT_ALLOWED, FOR_ANOTHER_PARTY.',
  })
  reportDisbursementMissing(
    @Args('input') input: ReportDisbursementMissingInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.disbursements.reportMissing(actor, input);
  }

  @Requires('FUNDER')
  @Mutation(() => ReturnDisbursementPayload, {
    description:
      'Says that a missing payment came back; it can be sent again. Errors: NOT_FOUND, STALE_VERSION, ACTION_NOT_ALLOWED.',
  })
  returnDisbursement(
    @Args('input') input: ReturnDisbursementInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.disbursements.return(actor, input);
  }

  @Requires('FUNDER')
  @Mutation(() => VoidDisbursementPayload, {
    description:
      'Takes back a payment that was recorded in error, as long as the grantee has not confirmed it. Errors: NOT_FOUND, STALE_VERSION, ACTION_NOT_ALLOWED.',
  })
  voidDisbursement(@Args('input') input: VoidDisbursementInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.disbursements.void(actor, input);
  }
}
