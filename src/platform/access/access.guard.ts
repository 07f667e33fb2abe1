import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { GqlContextType } from '@nestjs/graphql';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import type { RequestContext } from '../api/request-context.js';
import { refuse } from '../errors/refusal.js';
import type { ActingRequest } from './acting-request.js';
import type { Actor, Role } from './actor.js';
import { Authenticator } from './authenticator.js';
import { REQUIRED_ROLES } from './requires.js';

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
    if (roles.includes(actor.role)) return true;
    const operation = operationOf(context);
    throw actor.role === 'PUBLIC'
      ? refuse('UNAUTHENTICATED')
      : refuse('FORBIDDEN', { parameters: { role: actor.role, operation } });
  }

  private async actorOf(context: ExecutionContext): Promise<Actor> {
    if (context.getType<GqlContextType>() === 'graphql') {
      return GqlExecutionContext.create(context).getContext<RequestContext>().actor;
    }
    const request = context.switchToHttp().getRequest<ActingRequest>();
    return (request.actor = await this.authenticator.authenticate(request.headers.authorization));
  }
}

function operationOf(context: ExecutionContext): string {
  if (context.getType<GqlContextType>() !== 'graphql') {
    const { method, routeOptions } = context.switchToHttp().getRequest<FastifyRequest>();
    return `${method} ${routeOptions.url}`;
  }
  return GqlExecutionContext.create(context).getInfo<{ fieldName: string }>().fieldName;
}
