import { spawn } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface Walk {
  readonly code: number | null;
  readonly output: string;
}

/** What stands in the boxes of a page, in order. */
export function blocksOf(page: string): string[] {
  return [...readFileSync(page, 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block);
}

/** Makes a folder the checkout to npm, without what is in it already. */
export function linkCheckout(folder: string, names: readonly string[]): void {
  for (const name of names) symlinkSync(resolve(name), join(folder, name));
}

/** As somebody types them: in one shell, in that folder, each block after the other. */
export async function walk(
  blocks: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Walk> {
  const script = blocks.map((block, i) => `echo "-- block ${i + 1}"\n${block}`).join('\n');
  const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that the services it starts end with it, however it ends.
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const end = (): void => {
    try {
      process.kill(-child.pid!, 'SIGKILL');
    } catch {
      // It has ended, and all that it started.
    }
  };
  process.once('exit', end);
  const code = await new Promise<number | null>((done) => child.once('exit', done));
  end();
  process.off('exit', end);
  return { code, output };
}

/** What the block with these words printed. */
export function printedBy({ output }: Walk, blocks: readonly string[], words: string): string {
  const number = blocks.findIndex((text) => text.includes(words)) + 1;
  return new RegExp(`-- block ${number}\n([\\s\\S]*?)(?:-- block ${number + 1}\n|$)`).exec(output)![1];
}
