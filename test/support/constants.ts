import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A limit as a source file declares it, exported or not. */
export interface DeclaredLimit {
  readonly file: string;
  readonly name: string;
  readonly value: bigint | number;
}

const DECLARED =
  /^(?:export )?const ((?:MOST|LARGEST|LONGEST|DEEPEST|MAX)_[A-Z_]+)(?:: \w+)? = ([\d_n *]+|2n \*\* 63n - 1n);/gm;

/** Every limit that the sources declare under the names that limits have. */
export function declaredLimits(): DeclaredLimit[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .flatMap((file) =>
      [...readFileSync(join('src', file), 'utf8').matchAll(DECLARED)].map(([, name, text]) => ({
        file: file.replaceAll('\\', '/'),
        name,
        value: product(text),
      })),
    );
}

/** `250 * 1024 * 1024`, `1_000n`. */
function product(text: string): bigint | number {
  if (text.includes('**')) return 2n ** 63n - 1n;
  const factors = text.split('*').map((factor) => factor.trim().replaceAll('_', ''));
  if (text.includes('n')) return factors.map((factor) => BigInt(factor.replace('n', ''))).reduce((a, b) => a * b, 1n);
  return factors.map(Number).reduce((a, b) => a * b, 1);
}
