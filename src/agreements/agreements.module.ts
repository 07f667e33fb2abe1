import { Module } from '@nestjs/common';
import { OrganizationsModule } from '../organizations/organizations.module.js';
import { AgreementLists } from './agreement-lists.service.js';
import {
  DisbursementAgreementResolver,
  ExpectationAgreementResolver,
  InstallmentAgreementResolver,
} from './agreement-parts.resolver.js';
import { AgreementsResolver, FunderAgreementsResolver, GranteeAgreementsResolver } from './agreements.resolver.js';
import { AgreementsService } from './agreements.service.js';
import { ExpectationsResolver, GranteeExpectationsResolver } from './expectations/expectations.resolver.js';
import { Expectations } from './expectations/expectations.service.js';
import { Drafts } from './negotiation/drafts.service.js';
import { DraftsResolver, OffersResolver } from './negotiation/negotiation.resolver.js';
import { Offers } from './negotiation/offers.service.js';
import { TermsReader } from './negotiation/terms-reader.service.js';
import { DisbursementsResolver } from './payments/disbursements.resolver.js';
import { Disbursements } from './payments/disbursements.service.js';

@Module({
  imports: [OrganizationsModule],
  providers: [
    AgreementLists,
    AgreementsService,
    Disbursements,
    Drafts,
    Expectations,
    Offers,
    TermsReader,
    AgreementsResolver,
    DisbursementAgreementResolver,
    DisbursementsResolver,
    DraftsResolver,
    ExpectationAgreementResolver,
    ExpectationsResolver,
    FunderAgreementsResolver,
    GranteeAgreementsResolver,
    GranteeExpectationsResolver,
    InstallmentAgreementResolver,
    OffersResolver,
  ],
  exports: [AgreementsService, Disbursements, Drafts, Offers],
})
export class AgreementsModule {}
