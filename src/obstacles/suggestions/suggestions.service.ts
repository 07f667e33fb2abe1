import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor.js';
import { derivedPage } from '../../platform/api/derived-page.js';
import { decimalText } from '../../platform/api/money.type.js';
import type { Page, PageArguments } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { insertRow } from '../../platform/db/columns.js';
import { CursorCipher } from '../../platform/db/cursor.service.js';
import type { Tx } from '../../platform/db/transaction.js';
import type { Locale } from '../../platform/errors/codes.js';
import { notFound, refuse } from '../../platform/errors/refusal.js';
import type { Answer, Outcome } from '../../platform/idempotency/mutations.service.js';
import { Mutations, inputHash } from '../../platform/idempotency/mutations.service.js';
import { giveBackPlace, nextInStream } from '../log/entries.store.js';
import { ObstacleEntries, ownerOf } from '../log/obstacle-entries.service.js';
import { OUTCOMES } from '../log/obstacle-log.service.js';
import { readersOf } from '../obstacles.store.js';
import { HandledFactRow } from './handled-fact.entity.js';
import { findHandled } from './handled-facts.store.js';
import { candidateFacts, findFact } from './suggestion-facts.store.js';
import { SuggestionIds } from './suggestion-ids.service.js';
import { summaryOf } from './suggestion-text.rules.js';
import type { ListedSuggestion } from './suggestion.type.js';
import { amountText } from './suggestion.type.js';
import type { Suggestion, SuggestionCode } from './suggestion.rules.js';
import { SUGGESTION_CODES, comparePlaces, placeOf, suggest } from './suggestion.rules.js';
import type { DismissSuggestionInput, LogSuggestedObstacleInput } from './suggestions.inputs.js';

/** How many facts of a kind are looked at: older ones come up when newer ones have been handled. */
const MOST_FACTS = 200;
/** What an impact may say (see `ObstacleImpactInput`). */
const MOST_DELAY_DAYS = 3_650;

interface Handled {
  readonly code: SuggestionCode;
  readonly factId: string;
}

/** What facts suggest to a grantee. Nothing is written until it logs or dismisses one, and then only among its own. */
@Injectable()
export class Suggestions {
  constructor(
    private readonly mutations: Mutations,
    private readonly cipher: CursorCipher,
    private readonly ids: SuggestionIds,
    private readonly entries: ObstacleEntries,
  ) {}

  async list({ actor, reader, now }: RequestContext, page: PageArguments): Promise<Page<ListedSuggestion>> {
    const asked = { organizationIds: actor.organizationIds, readers: readersOf(actor), now, most: MOST_FACTS };
    const found = await Promise.all(
      SUGGESTION_CODES.map(async (code) =>
        (await candidateFacts(reader, code, asked)).flatMap((fact) => suggest(code, fact, now) ?? []),
      ),
    );
    const rows = found
      .flat()
      .sort((a, b) => comparePlaces(placeOf(a), placeOf(b)))
      .map((suggestion) => ({ ...suggestion, id: this.ids.seal(suggestion.code, suggestion.fact.id) }));
    const list = { name: 'obstacleSuggestions', rows, keysOf: placeOf, compare: comparePlaces, width: 3 };
    return derivedPage(this.cipher, reader.caller, { ...list, arguments: page });
  }

  /** Sent again it answers the first obstacle. The tier is chosen here: nobody knew of the fact's obstacle before. */
  log(actor: Actor, input: LogSuggestedObstacleInput, locale: Locale): Promise<Answer> {
    const work = async (tx: Tx): Promise<Outcome> => {
      const owner = ownerOf(tx, input.tier);
      const place = await nextInStream(tx, owner);
      const contentHash = inputHash(input);
      const handled = await this.findHandled(tx, input.id);
      if (handled) {
        const { obstacleId, contentHash: firstHash } = handled;
        if (obstacleId === null || firstHash === null) throw refuse('SUGGESTION_DISMISSED', { path: ['id'] });
        giveBackPlace(tx, owner);
        return this.entries.answerFirst(tx, { obstacleId, contentHash: firstHash }, contentHash, 'id');
      }
      const suggestion = await this.derive(tx, input.id);
      const obstacleId = await this.entries.enter(tx, wordsOf(suggestion, input, locale), place);
      this.keep(tx, { code: suggestion.code, factId: suggestion.fact.id }, { ...owner, obstacleId, contentHash });
      return { id: obstacleId, version: 1 };
    };
    return this.mutations.run(actor, 'logSuggestedObstacle', input, work, OUTCOMES);
  }

  /** Known to the caller's line of keys alone: who saw what was dismissed could tell what is missing beside it. */
  dismiss(actor: Actor, input: DismissSuggestionInput): Promise<Answer> {
    const work = async (tx: Tx): Promise<Outcome> => {
      const answer = { id: input.id, version: 1 };
      const handled = await this.findHandled(tx, input.id);
      if (handled?.obstacleId) throw refuse('SUGGESTION_ALREADY_LOGGED', { path: ['id'] });
      if (handled) return answer;
      const { code, fact } = await this.derive(tx, input.id);
      const owner = ownerOf(tx, 'AGGREGATE_ONLY');
      this.keep(tx, { code, factId: fact.id }, { ...owner, obstacleId: null, contentHash: null });
      return answer;
    };
    return this.mutations.run(actor, 'dismissSuggestion', input, work, OUTCOMES);
  }

  private async findHandled(tx: Tx, id: string): Promise<HandledFactRow | null> {
    for (const { code, factId } of this.ids.open(id)) {
      const handled = await findHandled(tx, readersOf(tx.actor), code, factId);
      if (handled) return handled;
    }
    return null;
  }

  /** From the fact as it is now: what no longer holds is no suggestion any more. */
  private async derive(tx: Tx, id: string): Promise<Suggestion> {
    const asked = { organizationIds: tx.actor.organizationIds, now: tx.now };
    for (const { code, factId } of this.ids.open(id)) {
      const fact = await findFact(tx, code, factId, asked);
      const suggestion = fact && suggest(code, fact, tx.now);
      if (suggestion) return suggestion;
    }
    throw notFound('id');
  }

  private keep(
    tx: Tx,
    { code, factId }: Handled,
    how: Pick<HandledFactRow, 'organizationId' | 'readerId' | 'obstacleId' | 'contentHash'>,
  ): void {
    insertRow(tx, HandledFactRow, { ...how, code, factId, handledAt: tx.now });
  }
}

/** The grantee's words, and for what it left out those of the fact. */
function wordsOf(suggestion: Suggestion, input: LogSuggestedObstacleInput, locale: Locale) {
  const { code, fact, day, delayDays, cost } = suggestion;
  const known = {
    delayDays: delayDays && Math.min(delayDays, MOST_DELAY_DAYS),
    cost: cost && { amount: decimalText(cost), currency: cost.currency },
  };
  return {
    code,
    tier: input.tier,
    otherCodes: input.otherCodes,
    beganMonth: input.beganMonth ?? day,
    text: input.text ?? summaryOf(suggestion, locale, amountText),
    impact: input.impact === undefined ? known : input.impact,
    // An agreement names its funder.
    ...(fact.agreementId ? { agreementId: fact.agreementId } : { funderId: fact.funderId }),
  };
}
