import { ObjectType } from '@nestjs/graphql';
import { Payload, PayloadEntity } from '../../platform/api/payload.js';
import { AmendmentType } from './amendment.type.js';
import { amendmentById } from './amendments.loaders.js';

@ObjectType({ isAbstract: true })
abstract class AmendmentPayload extends Payload {
  @PayloadEntity(() => AmendmentType, amendmentById)
  amendment: AmendmentType | null;
}

@ObjectType()
export class ProposeAmendmentPayload extends AmendmentPayload {}

@ObjectType()
export class AcceptAmendmentPayload extends AmendmentPayload {}

@ObjectType()
export class DeclineAmendmentPayload extends AmendmentPayload {}

@ObjectType()
export class WithdrawAmendmentPayload extends AmendmentPayload {}
