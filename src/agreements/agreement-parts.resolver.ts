import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { RequestContext } from '../platform/api/request-context.js';
import { GrantAgreement } from './agreement.type.js';
import { agreementById } from './agreements.loaders.js';
import type { Agreement } from './agreements.store.js';
import { ReportingExpectationType } from './expectations/expectation.type.js';
import { LegalHoldType } from './holds/legal-hold.type.js';
import type { LegalHold } from './holds/legal-holds.store.js';
import { DisbursementType } from './payments/disbursement.type.js';
import { InstallmentType } from './payments/installment.type.js';
import { disbursementById, installmentById } from './payments/payments.loaders.js';
import type { Disbursement, Installment, Repayment } from './payments/payments.store.js';
import { RepaymentType } from './payments/repayment.type.js';

interface Part {
  readonly agreementId: string;
}

/** The way back up: the types of the parts cannot name the agreement's without importing in a circle. */
@Resolver(() => InstallmentType)
export class InstallmentAgreementResolver {
  @ResolveField(() => GrantAgreement, { nullable: true })
  agreement(@Parent() { agreementId }: Part, @Context() context: RequestContext): Promise<Agreement | null> {
    return context.load(agreementById, agreementId);
  }
}

@Resolver(() => DisbursementType)
export class DisbursementAgreementResolver {
  @ResolveField(() => GrantAgreement, { nullable: true })
  agreement(@Parent() { agreementId }: Part, @Context() context: RequestContext): Promise<Agreement | null> {
    return context.load(agreementById, agreementId);
  }

  @ResolveField(() => InstallmentType, { nullable: true })
  installment(
    @Parent() { installmentId }: Disbursement,
    @Context() context: RequestContext,
  ): Promise<Installment | null> {
    return context.load(installmentById, installmentId);
  }
}

@Resolver(() => ReportingExpectationType)
export class ExpectationAgreementResolver {
  @ResolveField(() => GrantAgreement, { nullable: true })
  agreement(@Parent() { agreementId }: Part, @Context() context: RequestContext): Promise<Agreement | null> {
    return context.load(agreementById, agreementId);
  }
}

@Resolver(() => LegalHoldType)
export class LegalHoldInstallmentResolver {
  @ResolveField(() => InstallmentType, { nullable: true })
  installment(@Parent() { installmentId }: LegalHold, @Context() context: RequestContext): Promise<Installment | null> {
    return context.load(installmentById, installmentId);
  }
}

@Resolver(() => RepaymentType)
export class RepaymentAgreementResolver {
  @ResolveField(() => GrantAgreement, { nullable: true })
  agreement(@Parent() { agreementId }: Part, @Context() context: RequestContext): Promise<Agreement | null> {
    return context.load(agreementById, agreementId);
  }

  @ResolveField(() => DisbursementType, { nullable: true, description: 'The payment it went back from.' })
  disbursement(
    @Parent() { disbursementId }: Repayment,
    @Context() context: RequestContext,
  ): Promise<Disbursement | null> {
    return context.load(disbursementById, disbursementId);
  }
}
