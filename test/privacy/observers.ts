/**
 * Who looks: the closed list. Each compares two networks that differ in one hidden thing alone, with all that this
 * observer can get at. What an observer may know of it anyway is not hidden from it, and says so.
 */
export const OBSERVERS = {
  funder: 'the funder that the hidden obstacle is about',
  secondFunder: 'another funder of the same grantee',
  secondGrantee: 'another grantee of the same funder',
  sponsored: 'a group whose fiscal sponsor is the grantee that hides something',
  colleague: 'a key of the same organization in another lineage; it may know what is CONFIDENTIAL',
  steward: 'who runs the network by the API; it may know what is CONFIDENTIAL',
  analyst: 'who reads statistics',
  public: 'anybody, without a key',
  owner: 'whoever hides something, in all that is not hidden: it must be answered as if nothing were',
  operator:
    'who runs the machines: reads logs, metrics, files and names, watches sockets and the database from outside',
} as const;
export type Observer = keyof typeof OBSERVERS;

export const CALLERS = (Object.keys(OBSERVERS) as Observer[]).filter((name) => name !== 'operator');
