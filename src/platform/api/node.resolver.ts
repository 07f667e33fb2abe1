import { Args, Context, ID, Query, Resolver } from '@nestjs/graphql';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { isObjectType } from 'graphql';
import { Public } from '../access/requires.js';
import { refuse } from '../errors/refusal.js';
import type { IdKind } from './ids.js';
import { parseAnyId } from './ids.js';
import type { NodeSource } from './node.js';
import { Node } from './node.js';
import type { RequestContext } from './request-context.js';

const MOST_NODES = 100;

@Resolver()
export class NodeResolver {
  private sources?: ReadonlyMap<IdKind, NodeSource>;

  constructor(private readonly schemaHost: GraphQLSchemaHost) {}

  @Public()
  @Query(() => Node, {
    nullable: true,
    description: 'Anything by its id; null when there is no such thing or it is not yours.',
  })
  node(@Args('id', { type: () => ID }) id: string, @Context() context: RequestContext): Promise<object | null> {
    return this.find(id, context);
  }

  @Public()
  @Query(() => [Node], {
    nullable: 'items',
    description: `Up to ${MOST_NODES} things by their ids, in the order asked, null for each that is absent or not yours.`,
  })
  nodes(
    @Args('ids', { type: () => [ID] }) ids: string[],
    @Context() context: RequestContext,
  ): Promise<(object | null)[]> {
    if (ids.length > MOST_NODES)
      throw refuse('PAGE_TOO_LARGE', { path: ['ids'], parameters: { limit: MOST_NODES, actual: ids.length } });
    return Promise.all(ids.map((id) => this.find(id, context)));
  }

  private async find(id: string, context: RequestContext): Promise<object | null> {
    const parsed = parseAnyId(id);
    const source = parsed && this.sourceOf(parsed.kind);
    if (!source) return null;
    const row = await context.load(source.loader, parsed.uuid);
    return row && { ...row, __typename: source.typename };
  }

  private sourceOf(kind: IdKind): NodeSource | undefined {
    this.sources ??= new Map(
      Object.values(this.schemaHost.schema.getTypeMap()).flatMap((type) => {
        const source = isObjectType(type) ? (type.extensions.node as NodeSource | undefined) : undefined;
        return source ? [[source.kind, source] as const] : [];
      }),
    );
    return this.sources.get(kind);
  }
}
