import type { AskedFields } from '../access/acting-request.js';
import type { Role } from '../access/actor.js';
import { publicId } from '../api/ids.js';

export interface AnsweredRequest {
  readonly requestId: string;
  readonly method: string;
  /** The address as a template, such as `/v1/reports/:id/attachments`. */
  readonly route: string | undefined;
  readonly status: number;
  readonly ms: number;
  /** Undefined when the request was refused before anybody looked at the key. */
  readonly actor: { readonly role: Role; readonly keyId: string | null } | undefined;
  readonly asked: AskedFields | undefined;
}

export type RequestLine = Readonly<Record<string, string | number>>;

/** Whose calls the log may name. What a GRANTEE does is never named, so that a hidden obstacle is not either. */
const NAMED_ROLES: readonly Role[] = ['FUNDER', 'STEWARD', 'ANALYST'];

export function isNamed(role: Role | undefined): boolean {
  return role !== undefined && NAMED_ROLES.includes(role);
}

/**
 * The line of one request in the log. Callers of the named roles: operation, key, status and duration. Everybody else,
 * and whoever was refused before the key was known: "query" or "mutation", and how it ended by the hundred. A method, an
 * address, an exact status or a duration would tell an upload from a mutation, and leave fewer calls among which the
 * logging of an obstacle is hidden.
 */
export function requestLine(request: AnsweredRequest): RequestLine {
  const { requestId, actor, status } = request;
  if (!actor || !isNamed(actor.role)) return { requestId, operation: kindOf(request), status: hundredOf(status) };
  return {
    requestId,
    operation: operationOf(request),
    role: actor.role,
    ...(actor.keyId && { keyId: publicId('apiKey', actor.keyId) }),
    status,
    ms: request.ms,
  };
}

function kindOf({ asked, method, route }: AnsweredRequest): string {
  if (asked) return asked.kind;
  // A document that was refused unread changed nothing, whatever it asked for.
  if (route === '/graphql') return 'query';
  return ['GET', 'HEAD', 'OPTIONS'].includes(method) ? 'query' : 'mutation';
}

function operationOf({ asked, method, route }: AnsweredRequest): string {
  return asked ? asked.fields.join(' ') : `${method} ${route ?? 'none'}`;
}

/** Redirections and partial answers are answers as well. */
function hundredOf(status: number): number {
  if (status >= 500) return 500;
  return status >= 400 ? 400 : 200;
}
