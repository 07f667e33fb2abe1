import { createHash } from 'node:crypto';
import type { Identifier } from '../organizations/identifier.rules.js';
import type { Tx } from '../platform/db/transaction.js';
import type { NewEvent } from '../platform/events/append-event.js';
import type { ImportedGrant } from './grant-row.rules.js';
import type { ImportTally } from './import-summary.js';
import { nameKeyOf } from '../organizations/name-key.rules.js';
import type { ImportedOrganization } from './organization.rules.js';
import type { KnownOrganization, NewFace, NewOrganization } from './organizations.store.js';
import * as store from './organizations.store.js';
import { spellingsOf } from './register-number.rules.js';
import { findHolders, findTwins, preferredSpellings } from './twin-finder.js';

/** What the import has learned of an organization; grows faces while grants go by. */
export interface Match {
  readonly id: string;
  readonly name: string;
  readonly isListed: boolean;
  /** Whether this import made it. */
  readonly isNew: boolean;
  readonly faces: Set<Face>;
  /** Every way its name is known to be written, as keys. */
  readonly names: Set<string>;
}
export interface Parties {
  readonly funder: Match;
  readonly grantee: Match;
  /** The numbers they were found by, as they hold them. */
  readonly funderNumber: Identifier | null;
  readonly granteeNumber: Identifier | null;
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
  /** By the number of the file: the number that its organization holds. */
  private readonly heldNumbers = new Map<string, Identifier>();
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
    return grants.map((_, i) => ({
      funder: this.known(funders[i]),
      grantee: this.known(grantees[i]),
      funderNumber: this.heldNumber(funders[i]),
      granteeNumber: this.heldNumber(grantees[i]),
    }));
  }

  /** Between batches, when no match is in use. */
  forgetSome(): void {
    if (this.remembered.size <= MOST_REMEMBERED) return;
    this.remembered.clear();
    this.heldNumbers.clear();
  }

  private heldNumber(sighting: Sighting): Identifier | null {
    return this.heldNumbers.get(keyOf(sighting)) ?? null;
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
    this.add([...unknown].filter(([key]) => !this.remembered.has(key)).map(([, sighting]) => sighting));
    await this.noteTwins([...unknown.values()]);
    this.noteSpellings(sightings);
  }

  private async noteTwins(sightings: readonly Sighting[]): Promise<void> {
    const numbered = sightings.flatMap((sighting) => {
      const { id: organizationId, isNew } = this.known(sighting);
      const [given, held] = [sighting.organization.identifier, this.heldNumber(sighting)];
      return given && held ? [{ given, held, organizationId, isNew }] : [];
    });
    for (const twin of await findTwins(this.tx, numbered)) this.tally.twin(twin);
  }

  private async find(sightings: readonly Sighting[]): Promise<void> {
    const identified = sightings.filter(({ organization }) => organization.identifier !== null);
    const named = sightings.filter(({ organization }) => organization.identifier === null);
    const holders = await findHolders(this.tx, identified, ({ organization }) =>
      preferredSpellings(organization.identifier!),
    );
    for (const { of, number, organization } of holders) {
      if (this.remembered.has(keyOf(of))) continue;
      this.remember(of, organization);
      this.heldNumbers.set(keyOf(of), number);
    }
    const alsoFound = named.length > 0 ? await store.findByNames(this.tx, named.map(nameKeyIn)) : [];
    for (const row of alsoFound) this.remember(named[row.place - 1], row);
  }

  private remember(sighting: Sighting, known: KnownOrganization): void {
    const faces = new Set<Face>();
    if (known.isFunder) faces.add('FUNDER');
    if (known.isGrantee) faces.add('GRANTEE');
    const { id, name, isListed, isNew } = known;
    const names = new Set([name, ...known.otherNames].map(nameKeyOf));
    // Several identifiers may lead to one organization: they share what is learned of it.
    const shared = this.remembered.get(id) ?? { id, name, isListed, isNew, faces, names };
    this.remembered.set(id, shared);
    this.remembered.set(keyOf(sighting), shared);
  }

  private add(sightings: readonly Sighting[]): void {
    const added: NewOrganization[] = [];
    const identifiers: (store.IdentifierKey & { organizationId: string })[] = [];
    const names: (store.NameKey & { organizationId: string })[] = [];
    const byNumber = new Map<string, Match>();
    for (const sighting of sightings) {
      const { organization, scopeId } = sighting;
      const { name, nameKey, country } = organization;
      const identifier = organization.identifier && spellingsOf(organization.identifier)[0];
      const same = identifier && byNumber.get(textOf(identifier));
      if (identifier) this.heldNumbers.set(keyOf(sighting), identifier);
      if (same) {
        // The same number, in two spellings of this batch.
        this.remembered.set(keyOf(sighting), same);
        continue;
      }
      const id = this.tx.newId();
      const isListed = isRegistered(organization);
      added.push({ id, name, country, isListed });
      const match: Match = { id, name, isListed, isNew: true, faces: new Set(), names: new Set([nameKey]) };
      this.remembered.set(id, match);
      this.remembered.set(keyOf(sighting), match);
      if (identifier) {
        byNumber.set(textOf(identifier), match);
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

function textOf({ scheme, value }: Identifier): string {
  return `${scheme}-${value}`;
}

function nameKeyIn({ organization, scopeId }: Sighting): store.NameKey {
  return { scopeId, nameDigest: createHash('sha256').update(organization.nameKey).digest() };
}
