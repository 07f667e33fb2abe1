import { Extensions, Field, ID, InterfaceType } from '@nestjs/graphql';
import type { IdKind } from './ids.js';
import type { LoaderDefinition } from './loader.js';

export interface NodeSource {
  readonly kind: IdKind;
  readonly typename: string;
  readonly loader: LoaderDefinition<string, object>;
}

@InterfaceType({
  description: 'A thing with an id of its own, which `node(id)` finds again.',
  resolveType: (value: { __typename: string }) => value.__typename,
})
export abstract class Node {
  @Field(() => ID, { description: 'Opaque, with a prefix that says what it names.' })
  id: string;
}

/** Makes a type reachable by `node(id)`. The loader reads as the caller, so what is not theirs is null. */
export function NodeType(
  kind: IdKind,
  typename: string,
  loader: LoaderDefinition<string, object>,
): ClassDecorator & MethodDecorator & PropertyDecorator {
  return Extensions({ node: { kind, typename, loader } satisfies NodeSource });
}
