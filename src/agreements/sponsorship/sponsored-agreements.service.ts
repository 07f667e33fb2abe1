import { Injectable } from '@nestjs/common';
import { parseId } from '../../platform/api/ids.js';
import type { LoaderDefinition } from '../../platform/api/loader.js';
import type { Page } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { CursorCipher } from '../../platform/db/cursor.service.js';
import type { Agreement } from '../agreements.store.js';
import { loadStateCorrections } from '../lists/states-behind.loaders.js';
import type { Below } from '../pages-below.loaders.js';
import { pagesBelow, refuseOutsiders } from '../pages-below.loaders.js';
import type { AgreementRevision } from '../terms/revisions.store.js';
import type { SponsoredAgreementsArgs } from './sponsored-agreements.inputs.js';
import { sponsoredList } from './sponsored-agreements.store.js';
import { revisionByNumber } from './sponsorship.loaders.js';

/** What a fiscal sponsor reads: the projects it sponsors, and for ever what it agreed to. */
@Injectable()
export class SponsoredAgreements {
  private readonly loader: LoaderDefinition<Below<SponsoredAgreementsArgs>, Page<Agreement>>;

  constructor(cipher: CursorCipher) {
    this.loader = pagesBelow(
      {
        name: 'agreements below SPONSOR',
        request: async (context, { filter }: SponsoredAgreementsArgs) => {
          const states = filter?.state?.in ?? null;
          return sponsoredList(context.actor, states, await loadStateCorrections(states, context));
        },
        column: () => 'a.fiscal_sponsor_id',
      },
      cipher,
    );
  }

  below(parentId: string, args: SponsoredAgreementsArgs, context: RequestContext): Promise<Page<Agreement> | null> {
    refuseOutsiders(context.actor, 'sponsoredAgreements');
    return context.load(this.loader, { parentId, args });
  }

  /** Null when there is none, or the caller was never shown it. */
  async revision(id: string, number: number, context: RequestContext): Promise<AgreementRevision | null> {
    const agreementId = parseId('agreement', id);
    return agreementId === null ? null : context.load(revisionByNumber, { agreementId, number });
  }
}
