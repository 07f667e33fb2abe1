import { ObjectType } from '@nestjs/graphql';
import { Payload, PayloadEntity } from '../../platform/api/payload.js';
import { DisbursementType } from './disbursement.type.js';
import { disbursementById } from './payments.loaders.js';

@ObjectType({ isAbstract: true })
abstract class DisbursementPayload extends Payload {
  @PayloadEntity(() => DisbursementType, disbursementById)
  disbursement: DisbursementType | null;
}

@ObjectType()
export class RecordDisbursementPayload extends DisbursementPayload {}

@ObjectType()
export class ConfirmDisbursementPayload extends DisbursementPayload {}

@ObjectType()
export class CorrectReceiptPayload extends DisbursementPayload {}

@ObjectType()
export class ReportDisbursementMissingPayload extends DisbursementPayload {}

@ObjectType()
export class ReturnDisbursementPayload extends DisbursementPayload {}

@ObjectType()
export class VoidDisbursementPayload extends DisbursementPayload {}
