import { Extensions } from '@nestjs/graphql';
import type { GraphQLSchema } from 'graphql';
import { isObjectType } from 'graphql';
import type { LoaderDefinition } from './loader.js';
import type { IdKind } from './ids.js';
import { publicId } from './ids.js';
import type { RequestContext } from './request-context.js';

type Derivation<Row, Args> = (row: Row, context: RequestContext, args: Args) => unknown;

/**
 * A field computed from its row by a plain function. Nest wraps each `@ResolveField` in its own asynchronous call;
 * a page of 20 agreements has some 200 such fields, so what needs no service is written with this instead.
 */
export function Derived<Row, Args = unknown>(derive: Derivation<Row, Args>): MethodDecorator & PropertyDecorator {
  return Extensions({ derive });
}

/** A reference to one other row, through its loader; a null key is a null reference. */
export function Edge<Row, V>(
  loader: LoaderDefinition<string, V>,
  key: (row: Row) => string | null,
): MethodDecorator & PropertyDecorator {
  return Derived<Row>((row, context) => {
    const id = key(row);
    return id === null ? null : context.load(loader, id);
  });
}

/** The public id of a row whose key column is `id`. */
export function PublicId(kind: IdKind, column = 'id'): MethodDecorator & PropertyDecorator {
  return Derived<Record<string, string>>((row) => publicId(kind, row[column]));
}

/** Puts the functions of `@Derived` where the executor looks for them. */
export function installDerivedFields(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const derive = field.extensions.derive as Derivation<unknown, unknown> | undefined;
      if (derive) field.resolve = (row, args, context: RequestContext) => derive(row, context, args);
    }
  }
  return schema;
}
