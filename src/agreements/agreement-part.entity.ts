import { Column } from 'typeorm';

/** What hangs on an agreement: whose it is stands on each row, so that row security needs no joins. */
export abstract class OfAgreementRow {
  @Column({ type: 'uuid', name: 'agreement_id' })
  agreementId: string;

  @Column({ type: 'uuid', name: 'funder_id' })
  funderId: string;

  @Column({ type: 'uuid', name: 'grantee_id' })
  granteeId: string;

  /** The present fiscal sponsor of a sponsored project, copied by a trigger and kept by the foreign key. */
  @Column({ type: 'uuid', name: 'fiscal_sponsor_id', nullable: true })
  fiscalSponsorId: string | null;
}

/** Of what the terms say or money did: the grantee sees it from the first offer on. */
export abstract class AgreementPartRow extends OfAgreementRow {
  @Column({ type: 'uuid', name: 'offered_to', nullable: true })
  offeredTo: string | null;
}
