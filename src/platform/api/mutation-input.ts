import { InputType } from '@nestjs/graphql';
import { TextField } from './fields.js';

/** What every mutation's input has. */
@InputType({ isAbstract: true })
export abstract class MutationInput {
  @TextField({
    nullable: true,
    max: 200,
    description:
      'Makes a retry safe for 30 days: the same key with the same input answers what the first call made and does nothing again; with other input it is refused (`IDEMPOTENCY_MISMATCH`). An API key and its heirs by `rotateApiKey` are one caller here.',
  })
  idempotencyKey?: string | null;
}
