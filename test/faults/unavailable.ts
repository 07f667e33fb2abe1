import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Answer } from '../support/client.js';
import type { Service, Write } from './writes.js';
import { NotDone, sendWrite } from './writes.js';

/** That the service says of a fault what passes by itself, and nothing else; also where a change was made that it could not read again. */
export function expectUnavailable({ status, headers, errors, data }: Answer): void {
  const told = errors?.map(({ extensions: { code, retryable } }) => [code, retryable]);
  const isMade = data !== undefined;
  expect([status, headers.get('retry-after'), told]).toEqual([
    isMade ? 200 : 503,
    isMade ? null : '1',
    [['UNAVAILABLE', true]],
  ]);
}

/** What was made, or null when the service is not available. */
export async function tryWrite(service: Service, write: Write): Promise<string | null> {
  try {
    return await sendWrite(service, write);
  } catch (error) {
    if (!(error instanceof NotDone)) throw error;
    expectUnavailable(error.answer);
    return null;
  }
}

/** As a client does that is told UNAVAILABLE: again and again, with the same key. */
export async function sendUntilDone(service: Service, write: Write): Promise<string> {
  for (;;) {
    const id = await tryWrite(service, write);
    if (id !== null) return id;
    await sleep(100);
  }
}
