import { type DocumentNode, type FieldNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';

/** Nobody goes deeper: a deeper document is refused for its depth. It ends a fragment that holds itself below a field. */
const DEEPEST = 20;

/**
 * The work of deciding which fields of a document merge: each field, wherever its fragment is spread, and each pair of
 * fields that have one name at one place of the answer, for graphql compares every two of them with all that lies below.
 * Counting ends above `most`: fragments inside fragments may stand for more fields than anybody can count.
 */
export function countMergingFields(document: DocumentNode, most: number): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  let count = 0;
  for (const node of document.definitions) {
    if ('selectionSet' in node && node.selectionSet) visit([node.selectionSet], 1);
  }
  return count;

  function visit(sets: readonly SelectionSetNode[], depth: number): void {
    const places = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    for (const set of sets) collect(set, places, spread);
    for (const fields of places.values()) {
      if (count > most || depth > DEEPEST) return;
      const below = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
      if (below.length > 0) visit(below, depth + 1);
    }
  }

  function collect(set: SelectionSetNode, places: Map<string, FieldNode[]>, spread: Set<string>): void {
    for (const selection of set.selections) {
      if (count > most) return;
      if (selection.kind === Kind.FIELD) {
        const name = selection.alias?.value ?? selection.name.value;
        const others = places.get(name);
        // One for the field, and one for each field that it is compared with.
        count += 1 + (others?.length ?? 0);
        if (others) others.push(selection);
        else places.set(name, [selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        collect(selection.selectionSet, places, spread);
      } else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment) collect(fragment.selectionSet, places, spread);
      }
    }
  }
}
