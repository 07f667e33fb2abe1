/** A live share of the same report with the same agreement. */
export interface EarlierShare {
  readonly reportVersion: number;
  readonly state: string;
}

export type SharingAgain<Share> =
  | { readonly kind: 'FIRST' }
  /** The very version is shared there: nothing would change. */
  | { readonly kind: 'SAME' }
  /** The funder has not answered: it gets the new copy instead, and owes its answer by the same day. */
  | { readonly kind: 'REPLACES'; readonly share: Share }
  /** The funder has answered, and keeps what it answered: the new copy stands beside it, and owes an answer of its own. */
  | { readonly kind: 'STANDS_BESIDE' };

/** What becomes of the copies an agreement has of a report when another version is shared with it. */
export function sharingAgain<Share extends EarlierShare>(
  earlier: readonly Share[],
  version: number,
): SharingAgain<Share> {
  if (earlier.length === 0) return { kind: 'FIRST' };
  if (earlier.some((share) => share.reportVersion === version)) return { kind: 'SAME' };
  const share = earlier.find(({ state }) => state === 'AWAITING_RESPONSE');
  return share ? { kind: 'REPLACES', share } : { kind: 'STANDS_BESIDE' };
}
