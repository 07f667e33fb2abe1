/** Enough for the pictures of a workshop; a page of reports can show them all. */
export const MOST_ATTACHMENTS = 20;

interface Lifetime {
  readonly addedIn: number;
  readonly removedIn: number | null;
}

/** Whether it belongs to that version of the text. What is attached to a draft will be in version 1. */
export function isInVersion({ addedIn, removedIn }: Lifetime, number: number): boolean {
  return addedIn <= number && (removedIn === null || removedIn > number);
}

/** The version of the text that a change of attachments goes into: a draft's first, or a new one. */
export function nextVersion({ contentVersion }: { readonly contentVersion: number | null }): number {
  return (contentVersion ?? 0) + 1;
}
