import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Something in a source file that can carry bytes out of the process. */
export interface Carrier {
  readonly file: string;
  /** `node:fs writeFileSync`, `package pino`, `global fetch`, `process.stderr`. */
  readonly name: string;
}

const GLOBALS = new Set([
  ...['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'BroadcastChannel', 'MessageChannel', 'Worker'],
  ...['console', 'require', 'eval', 'Function', 'WebAssembly', 'globalThis', 'global', 'navigator'],
]);
/** Of `process`: all but what only reads. */
const READS_PROCESS = new Set(
  'env argv argv0 cwd pid ppid platform arch version versions exit once on off nextTick hrtime memoryUsage uptime getuid geteuid getgid umask execPath exitCode features emitWarning'.split(
    ' ',
  ),
);

/** Every import of a module that is not ours, and every global that can send, in the sources of the service. */
export function carriersInSource(folder = 'src'): Carrier[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .sort()
    .flatMap((name) => carriersIn(join(folder, name), readFileSync(join(folder, name), 'utf8')));
}

export function carriersIn(file: string, text: string): Carrier[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    for (const name of carrierOf(node)) found.add(name);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...found].map((name) => ({ file, name }));
}

function carrierOf(node: ts.Node): string[] {
  if (ts.isImportDeclaration(node)) return imported(node);
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && !node.isTypeOnly) return module(node.moduleSpecifier, []);
  if (ts.isImportEqualsDeclaration(node)) return ['import = '];
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return module(node.arguments[0], []);
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'process') {
    return READS_PROCESS.has(node.name.text) ? [] : [`process.${node.name.text}`];
  }
  if (!ts.isIdentifier(node) || !GLOBALS.has(node.text) || !isReference(node)) return [];
  return [`global ${node.text}`];
}

/** Not a member of something, nor the name of something that is declared. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isTypeReferenceNode(parent) || ts.isPropertyAssignment(parent))
    return ts.isPropertyAssignment(parent) && parent.initializer === node;
  const declares = parent as Partial<ts.NamedDeclaration>;
  return declares.name !== node;
}

function imported({ importClause, moduleSpecifier }: ts.ImportDeclaration): string[] {
  if (importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
  const bindings = importClause?.namedBindings;
  const names =
    bindings && ts.isNamedImports(bindings)
      ? bindings.elements.filter((each) => !each.isTypeOnly).map((each) => (each.propertyName ?? each.name).text)
      : ['*'];
  return module(moduleSpecifier, importClause?.name ? ['*', ...names] : names);
}

function module(specifier: ts.Expression, names: readonly string[]): string[] {
  if (!ts.isStringLiteralLike(specifier)) return ['import of a computed name'];
  const { text } = specifier;
  if (text.startsWith('.')) return [];
  if (!text.startsWith('node:')) {
    return [
      `package ${text
        .split('/')
        .slice(0, text.startsWith('@') ? 2 : 1)
        .join('/')}`,
    ];
  }
  return (names.length > 0 ? names : ['*']).map((name) => `${text} ${name}`);
}
