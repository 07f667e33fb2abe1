import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { GqlContextType } from '@nestjs/graphql';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { OperationTypeNode } from 'graphql';
import type { Observable } from 'rxjs';
import { catchError, of, tap } from 'rxjs';
import { Refusal } from '../errors/refusal.js';
import type { RequestContext } from './request-context.js';
import { userErrors } from './user-error.js';

/** In a mutation an expected no is data: `userErrors`. */
@Injectable()
export class RefusalInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType<GqlContextType>() !== 'graphql') return next.handle();
    const graphql = GqlExecutionContext.create(context);
    if (graphql.getInfo<GraphQLResolveInfo>().operation.operation !== OperationTypeNode.MUTATION) return next.handle();
    const request = graphql.getContext<RequestContext>();
    return next.handle().pipe(
      tap(() => request.forget()),
      catchError((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        return of({ userErrors: userErrors(error.reasons, request) });
      }),
    );
  }
}
