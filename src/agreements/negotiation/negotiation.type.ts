import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Derived } from '../../platform/api/derived.js';
import { publicId } from '../../platform/api/ids.js';
import { Payload, PayloadEntity } from '../../platform/api/payload.js';
import { GrantAgreement } from '../agreement.type.js';
import { agreementById } from '../agreements.loaders.js';

@ObjectType({ isAbstract: true })
abstract class AgreementPayload extends Payload {
  @PayloadEntity(() => GrantAgreement, agreementById)
  agreement: GrantAgreement | null;
}

@ObjectType()
export class DraftAgreementPayload extends AgreementPayload {}

@ObjectType()
export class ReviseAgreementPayload extends AgreementPayload {}

@ObjectType()
export class OfferAgreementPayload extends AgreementPayload {}

@ObjectType()
export class WithdrawAgreementPayload extends AgreementPayload {}

@ObjectType()
export class AcceptAgreementPayload extends AgreementPayload {}

@ObjectType()
export class DeclineAgreementPayload extends AgreementPayload {}

@ObjectType()
export class RequestAgreementChangesPayload extends AgreementPayload {}

@ObjectType()
export class RenewAgreementPayload extends AgreementPayload {}

@ObjectType()
export class DiscardAgreementPayload extends Payload {
  @Derived<{ id?: string }>(({ id }) => (id === undefined ? null : publicId('agreement', id)))
  @Field(() => ID, { nullable: true, description: 'What is no more; null when it was refused.' })
  discardedAgreementId: string | null;
}
