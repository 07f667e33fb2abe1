import type { Type } from '@nestjs/common';
import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { Derived } from './derived.js';
import type { Page, PageArguments } from './page.js';

@ArgsType()
export class ConnectionArgs implements PageArguments {
  @Field(() => Int, {
    nullable: true,
    description:
      'How many from the start: 0 to 100, 25 when neither `first` nor `last` is given. More is an error, not a cut.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only what comes after this cursor.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many from the end, 0 to 100; not together with `first`.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Only what comes before this cursor.' })
  before?: string | null;
}

interface EdgeRow {
  readonly row: object;
  readonly page: Page<object>;
}

@ObjectType({
  description:
    'Where a page lies in its list. Both flags are exact, as the Relay specification has them: in the direction of reading (`first` forwards, `last` backwards) only what lies between the cursors counts; in the other, what lies past the cursor.',
})
export class PageInfo {
  @Derived<Page<object>>((page) => page.hasNextPage)
  @Field(() => Boolean)
  hasNextPage: boolean;

  @Derived<Page<object>>((page) => page.hasPreviousPage)
  @Field(() => Boolean)
  hasPreviousPage: boolean;

  @Derived<Page<object>>((page) => (page.rows.length > 0 ? page.cursorOf(page.rows[0]) : null))
  @Field(() => String, { nullable: true })
  startCursor: string | null;

  @Derived<Page<object>>((page) => (page.rows.length > 0 ? page.cursorOf(page.rows.at(-1)!) : null))
  @Field(() => String, { nullable: true })
  endCursor: string | null;
}

/** The Relay connection of a type. `counted` only where a total tells nothing that the rows do not. */
export function connectionOf(node: () => Type, name: string, options: { counted?: boolean } = {}): Type<Page<object>> {
  @ObjectType(`${name}Edge`)
  class NodeEdge {
    @Derived<EdgeRow>(({ row, page }) => page.cursorOf(row))
    @Field(() => String, { description: 'Opaque; fits only this caller, list, order and filter.' })
    cursor: string;

    @Derived<EdgeRow>(({ row }) => row)
    @Field(node)
    node: object;
  }

  @ObjectType({ isAbstract: true })
  abstract class Connection {
    @Derived<Page<object>>((page) => page.rows.map((row) => ({ row, page })))
    @Field(() => [NodeEdge])
    edges: EdgeRow[];

    @Derived<Page<object>>((page) => page.rows)
    @Field(() => [node()], { description: 'The rows without their cursors.' })
    nodes: object[];

    @Derived<Page<object>>((page) => page)
    @Field(() => PageInfo)
    pageInfo: PageInfo;
  }

  @ObjectType(`${name}Connection`)
  class CountedConnection extends Connection {
    @Derived<Page<object>>((page) => page.totalCount())
    @Field(() => Int, { description: 'How many there are in all; counted only when asked for.' })
    totalCount: number;
  }

  @ObjectType(`${name}Connection`)
  class PlainConnection extends Connection {}

  return (options.counted ? CountedConnection : PlainConnection) as unknown as Type<Page<object>>;
}
