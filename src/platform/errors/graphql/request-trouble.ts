import type { RequestTrouble } from '../reasons.js';

/** What Apollo says of a request before it looks at the document, by how its sentence begins. */
const TROUBLES: readonly (readonly [RegExp, RequestTrouble])[] = [
  [/^This operation has been blocked as a potential Cross-Site/, 'CROSS_SITE'],
  [/^(Operation batching disabled|No operations found in request)/, 'BATCHED'],
  [/^GraphQL operations must contain a non-empty `query`/, 'QUERY_MISSING'],
  [/^GraphQL queries must be strings/, 'QUERY_NOT_TEXT'],
  [/^POST body missing/, 'BODY_MISSING'],
  [/^`(variables|extensions)` in a POST body/, 'PART_NOT_AN_OBJECT'],
  [/^`operationName` in a POST body/, 'OPERATION_NAME_NOT_TEXT'],
  [/^The '(\w+)' search parameter may only be specified once/, 'PARAMETER_REPEATED'],
  [/^The (\w+) search parameter contains invalid JSON/, 'PART_NOT_JSON'],
  [/^The (\w+) search parameter should contain a JSON-encoded object/, 'PART_NOT_AN_OBJECT'],
  [/^GET requests only support query operations/, 'ONLY_QUERIES_BY_GET'],
  [/^GET requests may not have a content-type/, 'CONTENT_TYPE_BY_GET'],
  [/^Apollo Server supports only GET\/POST/, 'ONLY_GET_AND_POST'],
  [/^An 'accept' header was provided/, 'MEDIA_TYPE_UNFIT'],
  [/^(PersistedQuery|Unsupported persisted query|provided sha)/, 'PERSISTED_QUERY'],
];

export function requestTrouble(message: string): Readonly<Record<string, string>> {
  for (const [pattern, why] of TROUBLES) {
    const match = pattern.exec(message);
    if (match) return { why, ...(match[1] && { part: match[1] }) };
  }
  return { why: 'UNREADABLE' satisfies RequestTrouble };
}
