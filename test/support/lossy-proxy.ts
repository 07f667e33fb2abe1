import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface LossyProxy {
  readonly url: string;
  /** The next answers are lost: every other one before its first byte, the rest somewhere in the middle. */
  lose(answers: number): void;
  /** How many answers were lost, all of them after the service had done its work. */
  lost(): number;
  /** Whether an answer that is to be lost has not come yet. */
  isLosing(): boolean;
  /** What was in the answer that was lost last. */
  lastLost(): string;
  /** What went through since the last call, as it was sent. */
  bytes(): { readonly up: number; readonly down: number };
  stop(): Promise<void>;
}

/** A poor network between a portal and the service: bytes go through, and answers get lost. */
export async function startLossyProxy(target: string): Promise<LossyProxy> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  const count = { up: 0, down: 0 };
  let toLose = 0;
  let lost = 0;
  let lastLost: Buffer = Buffer.alloc(0);
  const proxy = createServer((client) => {
    const service = connect(Number(port), hostname);
    for (const socket of [client, service]) {
      open.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket));
    }
    client.on('close', () => service.destroy());
    service.on('close', () => client.destroy());
    client.on('data', (chunk) => {
      count.up += chunk.length;
      service.write(chunk);
    });
    service.on('data', (chunk: Buffer) => {
      if (toLose > 0) {
        toLose--;
        lost++;
        lastLost = chunk;
        service.removeAllListeners('data').destroy();
        if (lost % 2 === 0) client.end(chunk.subarray(0, chunk.length / 2));
        else client.destroy();
        return;
      }
      count.down += chunk.length;
      client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    lose: (answers) => (toLose = answers),
    lost: () => lost,
    isLosing: () => toLose > 0,
    lastLost: () => lastLost.toString(),
    bytes: () => {
      const through = { ...count };
      Object.assign(count, { up: 0, down: 0 });
      return through;
    },
    stop: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
