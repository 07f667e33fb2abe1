import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { GqlContextType } from '@nestjs/graphql';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import type { GraphQLResolveInfo } from 'graphql';
import { OperationTypeNode } from 'graphql';
import type { RequestContext } from '../api/request-context.js';
import { refuse, unauthenticated } from '../errors/refusal.js';
import type { ActingRequest } from './acting-request.js';
import type { Actor, HeldKey, Role } from './actor.js';
import { Authenticator } from './authenticator.js';
import { forbidden } from './closed.js';
import { OPEN_TO_HELD, REQUIRED_ROLES } from './requires.js';

/** One guard for all operations of both transports: what declares no roles is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const roles = this.reflector.get<Role[] | undefined>(REQUIRED_ROLES, context.getHandler()) ?? [];
    const actor = await this.actorOf(context);
    if (actor.held) return this.admitHeld(context, actor.held, roles);
    if (roles.includes(actor.role)) return true;
    const operation = operationOf(context);
    throw actor.role === 'PUBLIC' ? unauthenticated('KEY_NOT_SENT') : forbidden(actor, operation, roles);
  }

  /** A key that must be rotated reads what everybody may read, as everybody. One that was rotated not even that. */
  private admitHeld(context: ExecutionContext, { reason, rotatedAt }: HeldKey, roles: readonly Role[]): true {
    if (reason === 'CLAIM_STANDS_ALONE') throw refuse(reason);
    if (this.reflector.get<true | undefined>(OPEN_TO_HELD, context.getHandler())) return true;
    if (reason === 'KEY_MUST_BE_ROTATED' && roles.includes('PUBLIC') && isRead(context)) return true;
    throw refuse(reason, { parameters: { rotatedAt } });
  }

  private async actorOf(context: ExecutionContext): Promise<Actor> {
    if (context.getType<GqlContextType>() === 'graphql') {
      return GqlExecutionContext.create(context).getContext<RequestContext>().actor;
    }
    const request = context.switchToHttp().getRequest<ActingRequest>();
    return (request.actor = await this.authenticator.authenticate(request.headers.authorization));
  }
}

function isRead(context: ExecutionContext): boolean {
  if (context.getType<GqlContextType>() !== 'graphql') {
    return ['GET', 'HEAD'].includes(context.switchToHttp().getRequest<FastifyRequest>().method);
  }
  const { operation } = GqlExecutionContext.create(context).getInfo<GraphQLResolveInfo>();
  return operation.operation === OperationTypeNode.QUERY;
}

function operationOf(context: ExecutionContext): string {
  if (context.getType<GqlContextType>() !== 'graphql') {
    const { method, routeOptions } = context.switchToHttp().getRequest<FastifyRequest>();
    return `${method} ${routeOptions.url}`;
  }
  return GqlExecutionContext.create(context).getInfo<{ fieldName: string }>().fieldName;
}
