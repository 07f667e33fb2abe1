/** The name without what never distinguishes: case and typographic variants. */
export function nameKeyOf(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[’‘`´]/g, "'")
    .toLowerCase();
}
