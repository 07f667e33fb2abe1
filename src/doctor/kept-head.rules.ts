/** A head that somebody kept: as the doctor printed it, or as it was published for a day. */
export type KeptHead =
  { readonly position: string; readonly hash: string } | { readonly day: string; readonly digest: string };

/** Null when it is neither `<position>:<hash>` nor `<day>:<digest>`. */
export function readKeptHead(text: string): KeptHead | null {
  const [, place, hex] = /^(\d{1,18}|\d{4}-\d{2}-\d{2}):([0-9a-f]{64})$/i.exec(text.trim()) ?? [];
  if (place === undefined) return null;
  return place.includes('-') ? { day: place, digest: hex.toLowerCase() } : { position: place, hash: hex.toLowerCase() };
}
