import {
  type DefinitionNode,
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** What can be counted without schema or variables. */
export interface Shape {
  depth: number;
  aliases: number;
  directives: number;
  rootFields: number;
}

/** Apollo keeps a document with its nodes: what was measured for the bounds need not be measured again to count mutations. */
const known = new WeakMap<OperationDefinitionNode, Shape>();

type WithSelections = Extract<DefinitionNode, { selectionSet: SelectionSetNode }>;

/**
 * The shape of each operation, fragments counted wherever they are spread. It runs on documents that are not
 * validated yet, so names may be unknown and fragments may contain themselves; each fragment is measured once.
 */
export class ShapeMeter {
  private readonly definitions = new Map<string, WithSelections>();
  private readonly fragments = new Map<string, Shape>();

  constructor(private readonly document: DocumentNode) {
    for (const node of document.definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION) this.definitions.set(node.name.value, node);
    }
  }

  measure(operation: OperationDefinitionNode): Shape {
    const before = known.get(operation);
    if (before) return before;
    const shape = this.measureSelections(operation.selectionSet);
    shape.directives += operation.directives?.length ?? 0;
    for (const variable of operation.variableDefinitions ?? []) shape.directives += variable.directives?.length ?? 0;
    known.set(operation, shape);
    return shape;
  }

  /** Every definition, unused fragments included: validation looks at all of them. */
  measureAll(): Shape[] {
    const shapes: Shape[] = [];
    for (const node of this.document.definitions) {
      if (node.kind === Kind.OPERATION_DEFINITION) shapes.push(this.measure(node));
      if (node.kind === Kind.FRAGMENT_DEFINITION) shapes.push({ ...this.fragment(node.name.value), rootFields: 0 });
    }
    return shapes;
  }

  private measureSelections(set: SelectionSetNode): Shape {
    const shape: Shape = { depth: 0, aliases: 0, directives: 0, rootFields: 0 };
    const names = new Set<string>();
    for (const selection of set.selections) {
      shape.directives += selection.directives?.length ?? 0;
      if (selection.kind === Kind.FIELD) {
        const name = selection.alias?.value ?? selection.name.value;
        // Repeating a field merges for execution, but validation compares each with each.
        if (selection.alias || names.has(name)) shape.aliases++;
        names.add(name);
        shape.rootFields++;
        const below = selection.selectionSet && this.measureSelections(selection.selectionSet);
        if (below) add(shape, below);
        // Introspection wraps a type in lists and non-nulls by `ofType`; every client asks for seven to nine levels.
        const own = selection.name.value === 'ofType' ? 0 : 1;
        shape.depth = Math.max(shape.depth, own + (below?.depth ?? 0));
      } else {
        const below =
          selection.kind === Kind.INLINE_FRAGMENT
            ? this.measureSelections(selection.selectionSet)
            : this.fragment(selection.name.value);
        add(shape, below);
        shape.rootFields += below.rootFields;
        shape.depth = Math.max(shape.depth, below.depth);
      }
    }
    return shape;
  }

  private fragment(name: string): Shape {
    const known = this.fragments.get(name);
    if (known) return known;
    const definition = this.definitions.get(name);
    const shape: Shape = { depth: 0, aliases: 0, directives: definition?.directives?.length ?? 0, rootFields: 0 };
    // Known before it is measured: a fragment inside itself adds nothing.
    this.fragments.set(name, shape);
    if (definition) {
      const inside = this.measureSelections(definition.selectionSet);
      add(shape, inside);
      Object.assign(shape, { depth: inside.depth, rootFields: inside.rootFields });
    }
    return shape;
  }
}

function add(shape: Shape, other: Shape): void {
  shape.aliases += other.aliases;
  shape.directives += other.directives;
}
