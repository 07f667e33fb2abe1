/** Kinds of things that have a public id: the prefix says what it names, so that a wrong id is refused before any query. */
export const ID_PREFIXES = {
  network: 'net',
  organization: 'org',
  funder: 'fun',
  grantee: 'gte',
  invitation: 'inv',
  apiKey: 'key',
  agreement: 'agr',
  installment: 'ins',
  disbursement: 'dis',
  repayment: 'rpy',
  legalHold: 'hld',
  expectation: 'exp',
  amendment: 'amd',
  dissolution: 'dsl',
  report: 'rep',
  share: 'shr',
  reportResponse: 'rsp',
  conversationNotes: 'cnv',
  attachment: 'att',
  shareAttachment: 'sat',
  obstacle: 'obs',
  suggestion: 'sug',
  practiceChange: 'pch',
  obstacleRelease: 'rel',
  event: 'evt',
} as const;
export type IdKind = keyof typeof ID_PREFIXES;

const FORM = /^([a-z]{3})_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

export function publicId(kind: IdKind, uuid: string): string {
  return `${ID_PREFIXES[kind]}_${uuid.slice(0, 8)}${uuid.slice(9, 13)}${uuid.slice(14, 18)}${uuid.slice(19, 23)}${uuid.slice(24)}`;
}

/** The UUID of an id of this kind, or null: malformed, or of another kind. */
export function parseId(kind: IdKind, id: string): string | null {
  const parsed = parseAnyId(id);
  return parsed?.kind === kind ? parsed.uuid : null;
}

export function parseAnyId(id: string): { kind: IdKind; uuid: string } | null {
  const match = FORM.exec(id);
  if (!match) return null;
  const kind = KIND_OF_PREFIX.get(match[1]);
  return kind ? { kind, uuid: match.slice(2).join('-') } : null;
}

const KIND_OF_PREFIX = new Map(Object.entries(ID_PREFIXES).map(([kind, prefix]) => [prefix as string, kind as IdKind]));
