import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { GrantAgreement } from '../agreements/agreement.type.js';
import type { RequestContext } from '../platform/api/request-context.js';
import type { ImportedSourceRow } from './imported-source.loaders.js';
import { importedSourceByAgreement } from './imported-source.loaders.js';
import { ImportedSource } from './imported-source.type.js';

/** `GrantAgreement.importedFrom`. */
@Resolver(() => GrantAgreement)
export class ImportedSourceResolver {
  @ResolveField(() => ImportedSource, {
    nullable: true,
    description: 'What the agreement was recorded from; null unless it was imported. For its parties and the steward.',
  })
  importedFrom(
    @Parent() { id, origin }: { id: string; origin: string },
    @Context() context: RequestContext,
  ): Promise<ImportedSourceRow | null> | null {
    return origin === 'IMPORTED' ? context.load(importedSourceByAgreement, id) : null;
  }
}
