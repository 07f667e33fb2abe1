export interface Identifier {
  /** The list's code at org-id.guide, as `GB-CHC`; `360G` for an id of the publisher's own. */
  readonly scheme: string;
  readonly value: string;
}

/** Codes at org-id.guide begin with a country or `X`, some with its province: `GB-CHC`, `XI-LEI`, `CN-46-CR`, `CA_ON-ONT`. */
const LIST_ID = /^([A-Z]{2}(?:_[A-Z]{2})?-(?:\d{2}-)?[A-Z0-9_]+)-(.+)$/i;
const PUBLISHER_ID = /^360G-(.+)$/i;

/** What people write when there is no number. Two organizations that share one of these share nothing. */
const PLACEHOLDERS = new Set(
  [
    ['na', 'nan', 'n', 'none', 'no', 'nil', 'null', 'nul', 'void', 'blank', 'empty', 'undefined', 'missing'],
    ['unknown', 'notknown', 'unkown', 'notapplicable', 'notavailable', 'notprovided', 'notregistered', 'unregistered'],
    ['tba', 'tbc', 'tbd', 'pending', 'applied', 'appliedfor', 'awaiting', 'inprogress', 'registering', 'new'],
    [
      'exempt',
      'exempted',
      'excepted',
      'excluded',
      'various',
      'multiple',
      'other',
      'overseas',
      'test',
      'x',
      'xx',
      'xxx',
    ],
  ].flat(),
);

/** Registers that number their entries: what holds no digit there is a name or a remark, not an identifier. */
const NUMBERED_REGISTERS = new Set(['GB-CHC', 'GB-COH', 'GB-NIC', 'GB-SC', 'GB-REV', 'US-EIN']);

/**
 * The identifier in an organization's id, or null when there is none that tells it from others: such an organization
 * is known by its name only. Space and the case of the scheme never distinguish; in an id of the publisher's own, case
 * may (record ids of some grant systems differ only so).
 */
export function identifierOf(id: string): Identifier | null {
  const compact = id.replace(/[\s\p{Cf}]+/gu, '').replace(/\p{Pd}/gu, '-');
  const own = PUBLISHER_ID.exec(compact)?.[1];
  if (own !== undefined) {
    // The id of an entry the publisher keeps is `360G-<prefix>-<entry>`; the entry may be as empty as any.
    const entry = /^[^-]+-(?:org:)?(.*)$/i.exec(own)?.[1];
    return isPlaceholder(entry ?? own) ? null : { scheme: '360G', value: own };
  }
  const [, list, value] = LIST_ID.exec(compact) ?? [];
  if (list === undefined || value === undefined || isPlaceholder(value)) return null;
  const scheme = list.toUpperCase();
  if (NUMBERED_REGISTERS.has(scheme) && !/\d/.test(value)) return null;
  return { scheme, value: value.toUpperCase() };
}

function isPlaceholder(value: string): boolean {
  const letters = value.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return /^0*$/.test(letters) || PLACEHOLDERS.has(letters);
}
