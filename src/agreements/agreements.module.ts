import { Module } from '@nestjs/common';
import { OrganizationsModule } from '../organizations/organizations.module.js';
import { AgreementLists } from './lists/agreement-lists.service.js';
import { InstallmentLists } from './lists/installment-lists.service.js';
import {
  FunderInstallmentsResolver,
  GranteeInstallmentsResolver,
  InstallmentsResolver,
} from './lists/installment-lists.resolver.js';
import {
  DisbursementAgreementResolver,
  ExpectationAgreementResolver,
  InstallmentAgreementResolver,
  LegalHoldInstallmentResolver,
  RepaymentAgreementResolver,
} from './agreement-parts.resolver.js';
import { AgreementsResolver, FunderAgreementsResolver, GranteeAgreementsResolver } from './agreements.resolver.js';
import { AgreementsService } from './agreements.service.js';
import { FunderCashFlowResolver, GranteeCashFlowResolver } from './cash-flow/cash-flow.resolver.js';
import { CashFlow } from './cash-flow/cash-flow.service.js';
import { Completion } from './completion/completion.service.js';
import { AmendmentAnswers } from './amendments/amendment-answers.service.js';
import { AmendmentEffects } from './amendments/amendment-effects.service.js';
import { AmendmentReader } from './amendments/amendment-reader.service.js';
import { AgreementAmendmentsResolver, AmendmentsResolver } from './amendments/amendments.resolver.js';
import { Amendments } from './amendments/amendments.service.js';
import { AgreementDissolutionsResolver, DissolutionsResolver } from './dissolution/dissolutions.resolver.js';
import { Dissolutions } from './dissolution/dissolutions.service.js';
import { ExpectationsResolver, GranteeExpectationsResolver } from './expectations/expectations.resolver.js';
import { Expectations } from './expectations/expectations.service.js';
import { LegalHoldsResolver } from './holds/legal-holds.resolver.js';
import { LegalHolds } from './holds/legal-holds.service.js';
import { RevisionDocumentsController } from './documents/revision-documents.controller.js';
import { RevisionDocuments } from './documents/revision-documents.service.js';
import { Reminders } from './reminders/reminders.service.js';
import { Drafts } from './negotiation/drafts.service.js';
import { DraftsResolver, OffersResolver } from './negotiation/negotiation.resolver.js';
import { Offers } from './negotiation/offers.service.js';
import { TermsReader } from './negotiation/terms-reader.service.js';
import { SponsoredAgreementsResolver } from './sponsorship/sponsored-agreements.resolver.js';
import { SponsoredAgreements } from './sponsorship/sponsored-agreements.service.js';
import { DisbursementsResolver } from './payments/disbursements.resolver.js';
import { Disbursements } from './payments/disbursements.service.js';
import { Receipts } from './payments/receipts.service.js';
import { RepaymentsResolver } from './payments/repayments.resolver.js';
import { Repayments } from './payments/repayments.service.js';
import { Settlement } from './payments/settlement.service.js';

@Module({
  imports: [OrganizationsModule],
  controllers: [RevisionDocumentsController],
  providers: [
    AgreementLists,
    AgreementsService,
    CashFlow,
    Completion,
    AmendmentAnswers,
    AmendmentEffects,
    AmendmentReader,
    Amendments,
    Disbursements,
    Dissolutions,
    Drafts,
    Expectations,
    InstallmentLists,
    LegalHolds,
    Offers,
    Receipts,
    Reminders,
    Repayments,
    RevisionDocuments,
    Settlement,
    SponsoredAgreements,
    TermsReader,
    AgreementAmendmentsResolver,
    AgreementDissolutionsResolver,
    AgreementsResolver,
    AmendmentsResolver,
    DisbursementAgreementResolver,
    DisbursementsResolver,
    DissolutionsResolver,
    DraftsResolver,
    ExpectationAgreementResolver,
    ExpectationsResolver,
    FunderAgreementsResolver,
    FunderCashFlowResolver,
    FunderInstallmentsResolver,
    GranteeAgreementsResolver,
    GranteeCashFlowResolver,
    GranteeExpectationsResolver,
    GranteeInstallmentsResolver,
    InstallmentAgreementResolver,
    InstallmentsResolver,
    LegalHoldInstallmentResolver,
    LegalHoldsResolver,
    OffersResolver,
    RepaymentAgreementResolver,
    RepaymentsResolver,
    SponsoredAgreementsResolver,
  ],
  exports: [AgreementsService, Disbursements, Drafts, Offers],
})
export class AgreementsModule {}
