import type { FastifyReply } from 'fastify';
import { answerCacheable } from './cacheable.js';
import type { ChosenLanguage } from './language.js';
import { CONTENT_SECURITY_POLICY } from './page.js';

/** A public document for people, in the language that was chosen, with the policy of such documents. */
export function answerPage(reply: FastifyReply, { isNegotiated }: ChosenLanguage, body: string): string {
  void reply.header('content-security-policy', CONTENT_SECURITY_POLICY);
  return answerCacheable(reply, { body, type: 'text/html; charset=utf-8', isNegotiated });
}
