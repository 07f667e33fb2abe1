/** Where the history has come to: how many events, and the hash of the last of them. */
export interface Head {
  readonly position: string;
  /** Hexadecimal; empty where nothing has happened. */
  readonly hash: string;
}

/** Which database speaks for the network. What a server does not tell is null, and is not compared. */
export interface Standing {
  readonly network: string;
  readonly epoch: number;
  /** The number that `initdb` drew for the cluster. */
  readonly cluster: string | null;
  readonly database: { readonly name: string; readonly oid: string };
  /** Goes up when a replica is promoted, and when a base backup is rolled forward. */
  readonly timeline: number | null;
  readonly serverStartedAt: string;
  readonly head: Head;
}

/** In what a database differs from the witness of its network. */
export type Difference =
  /** The database says that there is a witness, and there is none. */
  | 'WITNESS_MISSING'
  /** The network has begun a later epoch elsewhere. */
  | 'LATER_EPOCH'
  | 'OTHER_CLUSTER'
  | 'OTHER_DATABASE'
  /** A server speaks that another one was promoted over. */
  | 'EARLIER_TIMELINE'
  /** What had happened has not happened here. */
  | 'HISTORY_BEHIND'
  | 'OTHER_HISTORY'
  /** A server that was started later has spoken for the network while this one ran. */
  | 'OTHER_SERVER'
  /** Two servers have spoken for the network, and neither can know which of them is meant. */
  | 'DISPUTED';

/** `hashThere` is the hash that the database has at the witness's position; null where its history does not reach it. */
export function differencesOf(witness: Standing, database: Standing, hashThere: string | null): Difference[] {
  const differences: Difference[] = [];
  if (isOther(witness.cluster, database.cluster)) differences.push('OTHER_CLUSTER');
  if (witness.database.oid !== database.database.oid) differences.push('OTHER_DATABASE');
  const isSame = differences.length === 0;
  const isTold = witness.timeline !== null && database.timeline !== null;
  const promoted = isTold ? database.timeline - witness.timeline : 0;
  if (isSame && promoted < 0) differences.push('EARLIER_TIMELINE');
  if (isSame && promoted === 0 && witness.serverStartedAt > database.serverStartedAt) differences.push('OTHER_SERVER');
  if (hashThere === null) differences.push('HISTORY_BEHIND');
  else if (hashThere !== witness.head.hash) differences.push('OTHER_HISTORY');
  return differences;
}

function isOther(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one !== other;
}

/** A replica was promoted, and has all that the witness knows of. */
export function isFailover(witness: Standing, database: Standing): boolean {
  return witness.timeline !== null && database.timeline !== null && database.timeline > witness.timeline;
}

export function isNews(witness: Standing, database: Standing): boolean {
  return JSON.stringify(witness) !== JSON.stringify(database);
}
