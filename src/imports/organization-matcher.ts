import { createHash } from 'node:crypto';
import type { Tx } from '../platform/db/transaction.js';
import type { NewEvent } from '../platform/events/append-event.js';
import type { ImportedGrant } from './grant-row.rules.js';
import type { ImportTally } from './import-summary.js';
import { nameKeyOf } from '../organizations/name-key.rules.js';
import type { ImportedOrganization } from './organization.rules.js';
import type { KnownOrganization, NewFace, NewOrganization } from './organizations.store.js';
import * as store from './organizations.store.js';

/** What the import has learned of an organization; grows faces while grants go by. */
export interface Match {
  readonly id: string;
  readonly name: string;
  readonly isListed: boolean;
  readonly faces: Set<Face>;
  /** Every way its name is known to be written, as keys. */
  readonly names: Set<string>;
}
export interface Parties {
  readonly funder: Match;
  readonly grantee: Match;
}
type Face = 'FUNDER' | 'GRANTEE';

/** A name met in the grants of one funder; funders themselves are met in nobody's. */
interface Sighting {
  readonly organization: ImportedOrganization;
  readonly scopeId: string;
}

const NO_FUNDER = '00000000-0000-0000-0000-000000000000';
/** Spellings are for finding an organization, not a history of typing mistakes. */
export const MOST_OTHER_NAMES = 20;
/** Matches kept in memory; more are looked up again. */
const MOST_REMEMBERED = 20_000;

/** Finds the organizations of grants, by identifier or else by name within one funder's grants, and adds what is missing. */
export class OrganizationMatcher {
  private readonly remembered = new Map<string, Match>();
  private readonly events: NewEvent[] = [];

  constructor(
    private readonly tx: Tx,
    private readonly tally: ImportTally,
  ) {}

  /** In the order of the file, so that it makes no difference how a file is cut: the first name met is the name. */
  async match(grants: readonly ImportedGrant[]): Promise<Parties[]> {
    const funders = grants.map(({ funder }) => ({ organization: funder, scopeId: NO_FUNDER }));
    const identified = grants.flatMap(({ grantee }, i) =>
      grantee.identifier ? [funders[i], { organization: grantee, scopeId: NO_FUNDER }] : [funders[i]],
    );
    await this.learn(identified);
    const grantees = grants.map(({ grantee }, i) => {
      const scopeId = grantee.identifier ? NO_FUNDER : this.known(funders[i]).id;
      return { organization: grantee, scopeId };
    });
    await this.learn(grantees.filter(({ organization }) => !organization.identifier));
    store.addFunders(this.tx, this.missingFaces(funders, 'FUNDER'));
    store.addGrantees(this.tx, this.missingFaces(grantees, 'GRANTEE'));
    return grants.map((_, i) => ({ funder: this.known(funders[i]), grantee: this.known(grantees[i]) }));
  }

  /** Between batches, when no match is in use. */
  forgetSome(): void {
    if (this.remembered.size > MOST_REMEMBERED) this.remembered.clear();
  }

  private known(sighting: Sighting): Match {
    return this.remembered.get(keyOf(sighting))!;
  }

  private async learn(sightings: readonly Sighting[]): Promise<void> {
    const unknown = new Map<string, Sighting>();
    for (const sighting of sightings) {
      const key = keyOf(sighting);
      if (!this.remembered.has(key) && !unknown.has(key)) unknown.set(key, sighting);
    }
    await this.find([...unknown.values()]);
    const added = [...unknown].filter(([key]) => !this.remembered.has(key)).map(([, sighting]) => sighting);
    this.add(added);
    await this.noteTwins([...unknown.values()], new Set(added));
    this.noteSpellings(sightings);
  }

  /** Who gives itself a number of the file is probably the organization that has it: the steward may merge the two. */
  private async noteTwins(sightings: readonly Sighting[], added: ReadonlySet<Sighting>): Promise<void> {
    const identified = sightings.filter(({ organization }) => organization.identifier !== null);
    if (identified.length === 0) return;
    const numbers = identified.map(({ organization }) => organization.identifier!);
    for (const { place, claimantId } of await store.findClaimants(this.tx, numbers)) {
      const sighting = identified[place - 1];
      const identifier = numbers[place - 1];
      const isNew = added.has(sighting);
      this.tally.twin({ identifier, organizationId: this.known(sighting).id, claimantId, isNew });
    }
  }

  private async find(sightings: readonly Sighting[]): Promise<void> {
    const identified = sightings.filter(({ organization }) => organization.identifier !== null);
    const named = sightings.filter(({ organization }) => organization.identifier === null);
    const keys = identified.map(({ organization }) => organization.identifier!);
    const found = identified.length > 0 ? await store.findByIdentifiers(this.tx, keys) : [];
    for (const row of found) this.remember(identified[row.place - 1], row);
    const alsoFound = named.length > 0 ? await store.findByNames(this.tx, named.map(nameKeyIn)) : [];
    for (const row of alsoFound) this.remember(named[row.place - 1], row);
  }

  private remember(sighting: Sighting, known: KnownOrganization): void {
    const faces = new Set<Face>();
    if (known.isFunder) faces.add('FUNDER');
    if (known.isGrantee) faces.add('GRANTEE');
    const { id, name, isListed } = known;
    const names = new Set([name, ...known.otherNames].map(nameKeyOf));
    // Several identifiers may lead to one organization: they share what is learned of it.
    const shared = this.remembered.get(id) ?? { id, name, isListed, faces, names };
    this.remembered.set(id, shared);
    this.remembered.set(keyOf(sighting), shared);
  }

  private add(sightings: readonly Sighting[]): void {
    const added: NewOrganization[] = [];
    const identifiers: (store.IdentifierKey & { organizationId: string })[] = [];
    const names: (store.NameKey & { organizationId: string })[] = [];
    for (const sighting of sightings) {
      const { organization, scopeId } = sighting;
      const { name, nameKey, country, identifier } = organization;
      const id = this.tx.newId();
      const isListed = isRegistered(organization);
      added.push({ id, name, country, isListed });
      const match: Match = { id, name, isListed, faces: new Set(), names: new Set([nameKey]) };
      this.remembered.set(id, match);
      this.remembered.set(keyOf(sighting), match);
      if (identifier) {
        identifiers.push({ ...identifier, organizationId: id });
      } else {
        names.push({ ...nameKeyIn(sighting), organizationId: id });
        // A funder that names itself as the recipient, without an identifier, is itself.
        if (scopeId === NO_FUNDER) {
          const own = { organization, scopeId: id };
          names.push({ ...nameKeyIn(own), organizationId: id });
          this.remembered.set(keyOf(own), match);
        }
      }
    }
    store.addOrganizations(this.tx, added);
    store.addIdentifiers(this.tx, identifiers);
    store.addNames(this.tx, names);
    this.events.push(...added.map(({ id }) => organizationEvent('ORGANIZATION_REGISTERED', id)));
  }

  /** What happened to organizations since the last time this was asked. */
  takeEvents(): NewEvent[] {
    return this.events.splice(0);
  }

  private missingFaces(sightings: readonly Sighting[], face: Face): (NewFace & { legalForm: string })[] {
    const missing: (NewFace & { legalForm: string })[] = [];
    for (const sighting of sightings) {
      const { id, name, isListed, faces } = this.known(sighting);
      if (faces.has(face)) continue;
      faces.add(face);
      const legalForm = isRegistered(sighting.organization) ? 'REGISTERED' : 'INFORMAL_GROUP';
      missing.push({ organizationId: id, name, isListed, legalForm });
    }
    return missing;
  }

  private noteSpellings(sightings: readonly Sighting[]): void {
    const met: { organizationId: string; name: string }[] = [];
    for (const sighting of sightings) {
      const { name, nameKey } = sighting.organization;
      const { id, names } = this.known(sighting);
      if (names.has(nameKey) || names.size > MOST_OTHER_NAMES) continue;
      names.add(nameKey);
      met.push({ organizationId: id, name });
    }
    store.noteSpellings(this.tx, met);
  }
}

export function organizationEvent(type: string, id: string): NewEvent {
  return { type, subjectType: 'ORGANIZATION', subjectId: id, organizationId: id, forSteward: true };
}

/**
 * A number in a public register says that an organization is registered. Without one it may be an informal group, which
 * is in the directory only if it asks to be.
 */
function isRegistered({ identifier }: ImportedOrganization): boolean {
  return identifier !== null && identifier.scheme !== '360G';
}

function keyOf({ organization: { identifier, nameKey }, scopeId }: Sighting): string {
  return JSON.stringify(identifier ? [identifier.scheme, identifier.value] : [null, scopeId, nameKey]);
}

function nameKeyIn({ organization, scopeId }: Sighting): store.NameKey {
  return { scopeId, nameDigest: createHash('sha256').update(organization.nameKey).digest() };
}
