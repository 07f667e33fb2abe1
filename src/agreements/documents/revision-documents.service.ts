import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { organizationById } from '../../organizations/organizations.loaders.js';
import type { Actor } from '../../platform/access/actor.js';
import { parseId } from '../../platform/api/ids.js';
import { RequestContext } from '../../platform/api/request-context.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/db/database.service.js';
import type { Locale } from '../../platform/errors/codes.js';
import { notFound } from '../../platform/errors/refusal.js';
import { agreementDetails } from '../agreements.loaders.js';
import type { AgreementDetails } from '../agreements.store.js';
import { revisionText, revisionsByAgreement } from '../terms/revisions.loaders.js';
import type { AgreementRevision } from '../terms/revisions.store.js';
import { agreedIn } from '../terms/terms-text.rules.js';
import type { RevisionStanding, SigningParties } from './document-end.rules.js';
import { endBlocks } from './document-end.rules.js';
import { pageOf } from './document-page.rules.js';
import type { Block } from './plain-document.rules.js';
import { blocksOf, textOf } from './plain-document.rules.js';

export interface RevisionDocument {
  readonly text: string;
  readonly html: string;
  /** The bytes whose digest is told; null for what was not agreed to. */
  readonly agreed: string | null;
}

/** A revision as a document that a person reads, prints and signs: for whoever may read it in the graph. */
@Injectable()
export class RevisionDocuments {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async find(actor: Actor, id: string, number: string, locale: Locale): Promise<RevisionDocument> {
    const context = new RequestContext(this.database, this.clock.now(), locale, '', { headers: {} });
    context.become(actor, { isQuery: true });
    const uuid = parseId('agreement', id);
    const revision = uuid === null ? null : await findRevision(uuid, number, context);
    if (!revision) throw notFound();
    const text = agreedIn(await revisionText(revision, context), locale);
    const end = endBlocks(await standingOf(revision, context), await partiesOf(revision, context), locale);
    const blocks: Block[] = [...blocksOf(text), ...end];
    return {
      text: `${text}\n${textOf(end)}`,
      html: pageOf(blocks, locale, `${id}, ${revision.number}`),
      agreed: revision.acceptedText,
    };
  }
}

/** Row security decides: a fiscal sponsor that is one no more still reads what it was shown. */
async function findRevision(uuid: string, number: string, context: RequestContext): Promise<AgreementRevision | null> {
  const revisions = (await context.load(revisionsByAgreement, uuid)) ?? [];
  return revisions.find((one) => String(one.number) === number) ?? null;
}

async function standingOf(revision: AgreementRevision, context: RequestContext): Promise<RevisionStanding> {
  const { offeredAt, acceptedAt, acceptedText } = revision;
  if (offeredAt === null) return { kind: 'HIDDEN' };
  if (acceptedAt === null) return { kind: 'OFFERED', at: offeredAt };
  const digest = acceptedText === null ? null : createHash('sha256').update(acceptedText).digest('hex');
  const agreement = await context.load(agreementDetails, revision.agreementId);
  const isFirst = agreement?.acceptedAt?.getTime() === acceptedAt.getTime();
  return { kind: 'AGREED', at: acceptedAt, people: isFirst ? peopleOf(agreement) : [], digest };
}

function peopleOf(agreement: AgreementDetails): Extract<RevisionStanding, { kind: 'AGREED' }>['people'] {
  const { acceptedByName, acceptedByTitle, sponsorAcceptedByName, sponsorAcceptedByTitle } = agreement;
  return [
    { side: 'grantee', name: acceptedByName, title: acceptedByTitle },
    { side: 'sponsor', name: sponsorAcceptedByName, title: sponsorAcceptedByTitle },
  ].flatMap(({ side, name, title }) =>
    name === null ? [] : [{ side: side as 'grantee' | 'sponsor', name, title: title ?? '' }],
  );
}

async function partiesOf(
  { funderId, granteeId, terms }: AgreementRevision,
  context: RequestContext,
): Promise<SigningParties> {
  const [funder, grantee] = await Promise.all([
    context.load(organizationById, funderId),
    context.load(organizationById, granteeId),
  ]);
  return {
    funderName: funder?.name ?? '',
    granteeName: grantee?.name ?? '',
    sponsorName: terms.fiscalSponsor?.name ?? null,
  };
}
