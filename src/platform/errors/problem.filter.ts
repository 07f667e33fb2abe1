import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch, HttpException, Logger } from '@nestjs/common';
import type { GqlContextType } from '@nestjs/graphql';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ActingRequest } from '../access/acting-request.js';
import { localeOf } from '../api/locale.js';
import { asksForPage } from '../api/negotiate.rules.js';
import { languageOfPage } from '../http/language.js';
import { CONTENT_SECURITY_POLICY } from '../http/page.js';
import type { ErrorCode } from './codes.js';
import { MESSAGES, RETRY_AFTER_SECONDS, aboutRequest, messageOf } from './codes.js';
import { faultOf } from './fault.js';
import { problemPage } from './problem-page.js';
import type { RequestTrouble } from './reasons.js';
import type { Reason } from './refusal.js';
import { Refusal } from './refusal.js';
import { statusTitle } from './status-titles.js';
import { isTransient } from './transient.rules.js';

/**
 * Everything that fails outside GraphQL's executor, as problem+json (RFC 9457) with the same codes; as a page for whoever
 * asks with a browser.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('HTTP');

  catch(error: unknown, host: ArgumentsHost): unknown {
    // Inside GraphQL errors belong to the executor, which formats them.
    if (host.getType<GqlContextType>() === 'graphql') return error;
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reason = this.reasonOf(error, request);
    const { code, parameters, data, path } = reason;
    const { status } = MESSAGES[code];
    const locale = localeOf(request.headers['accept-language']);
    const message = messageOf(code, locale, { ...data, ...parameters });
    if (code === 'UNAVAILABLE') void reply.header('retry-after', RETRY_AFTER_SECONDS);
    const common = aboutRequest(code, request.id);
    if (request.url.startsWith('/graphql')) {
      return reply.status(status).send({ errors: [{ message, extensions: { code, ...common } }] });
    }
    void reply.header('vary', 'Accept, Accept-Language');
    if (asksForPage(request.headers.accept)) {
      const language = languageOfPage(languageAsked(request), request.headers['accept-language']);
      const told = messageOf(code, language.locale, { ...data, ...parameters });
      const hasKey = request.headers.authorization !== undefined;
      return reply
        .status(status)
        .header('content-security-policy', CONTENT_SECURITY_POLICY)
        .header('content-type', 'text/html; charset=utf-8')
        .send(problemPage({ code, message: told, requestId: request.id, hasKey }, language));
    }
    const problem = {
      type: 'about:blank',
      title: statusTitle(status, locale),
      status,
      detail: message,
      code,
      ...(path && { path }),
      ...data,
      ...common,
    };
    return reply
      .status(status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(problem));
  }

  private reasonOf(error: unknown, request: FastifyRequest): Reason {
    if (error instanceof Refusal) return error.reasons[0];
    const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number }).statusCode;
    if (status === 413)
      return { code: 'PAYLOAD_TOO_LARGE', parameters: { limit: request.routeOptions.bodyLimit ?? 0 } };
    if (status === 415) return { code: 'BAD_REQUEST', parameters: { why: unfitContentType(request) } };
    const code = CODE_OF_STATUS[status ?? 500];
    if (code) return { code };
    if (status !== undefined && status >= 400 && status < 500) return { code: 'BAD_REQUEST' };
    const line = { requestId: request.id, fault: faultOf(error, (request as ActingRequest).actor?.role) };
    if (isTransient(error)) {
      this.logger.warn(line);
      return { code: 'UNAVAILABLE' };
    }
    this.logger.error(line);
    return { code: 'INTERNAL_ERROR' };
  }
}

function languageAsked({ query }: FastifyRequest): unknown {
  return (query as { language?: unknown } | undefined)?.language;
}

const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  404: 'NOT_FOUND',
  503: 'UNAVAILABLE',
};

function unfitContentType({ url }: FastifyRequest): RequestTrouble {
  return url.startsWith('/graphql') ? 'CONTENT_TYPE_NOT_JSON' : 'CONTENT_TYPE_UNFIT';
}
