import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, symlinkSync } from 'node:fs';
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

/** What lies in that folder, was not linked into it, and would be taken along by `git add --all` in a checkout. */
export function seenByGit(folder: string, linked: readonly string[]): string[] {
  const left = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !linked.includes(name));
  // A rule that ends with a slash is for folders: git must be told that a name is one.
  const names = left.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  const { stdout, error } = spawnSync('git', ['check-ignore', '--no-index', ...names], { encoding: 'utf8' });
  if (error) throw error;
  return names.filter((name) => !stdout.split('\n').includes(name));
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
