import { expect } from '@jest/globals';
import { post } from './client.js';
import type { LossyProxy } from './lossy-proxy.js';
import type { Network } from './network.js';
import { NOTICES, USER_ERRORS } from './network.js';
import { digestOfEverything } from './whole-database.js';

type Told = readonly { readonly code: string }[];
type Payload = Record<string, unknown> & { readonly userErrors: Told; readonly notices: Told };

/** What an answer shows once. Sent again, the call says so (`SECRET_ALREADY_SHOWN`), or gives another secret (a claim). */
const SHOWN_ONCE = ['secret', 'claimToken', 'claimExpiresAt'];

/**
 * A network all of whose mutations lose their answers: the first one, and then as many again as `times` says. Each has an
 * idempotency key. After the first no row may change any more, and the last answer must be the first.
 */
export class LostAnswers {
  /** How many answers each mutation lost, for each call that was not refused. */
  readonly lost = new Map<string, number[]>();

  constructor(
    private readonly network: Network,
    private readonly proxy: LossyProxy,
    private readonly times: (turn: number, isFirst: boolean) => number,
  ) {}

  get lossy(): Network {
    return { ...this.network, mutate: (...call) => this.mutate(...call) };
  }

  private turn = 0;

  private async mutate(...[key, name, given, selection]: Parameters<Network['mutate']>): Promise<never> {
    const times = this.times(++this.turn, !this.lost.has(name));
    const type = `${name[0].toUpperCase()}${name.slice(1)}Input!`;
    const query = `mutation ($input: ${type}) { ${name}(input: $input) { ${selection} ${NOTICES} ${USER_ERRORS} } }`;
    const input = { idempotencyKey: `lost ${this.turn}`, ...given };
    const send = async (): Promise<Payload | null> => {
      try {
        const { data, errors, text } = await post(this.proxy.url, key, query, { input });
        if (errors) throw new Error(`${name}: ${text}`);
        return (data as Record<string, Payload>)[name];
      } catch (error) {
        if (/fetch failed|terminated/.test(String(error))) return null;
        throw error;
      }
    };
    this.proxy.lose(1);
    expect([name, await send()]).toEqual([name, null]);
    const first = payloadIn(this.proxy.lastLost(), name);
    const done = await this.everything();
    this.proxy.lose(times - 1);
    for (let i = 1; i < times; i++) expect([name, await send()]).toEqual([name, null]);
    const last = (await send())!;
    expect([name, this.proxy.isLosing()]).toEqual([name, false]);
    const isNewSecret = name === 'claimInvitation' && !('secretDigest' in given);
    if (!isNewSecret) expect([name, await this.everything()]).toEqual([name, done]);
    expect([name, shownAgain(name, last, given)]).toEqual([name, shownAgain(name, first, given)]);
    if (first.userErrors.length === 0) this.lost.set(name, [...(this.lost.get(name) ?? []), times]);
    // A claim's last secret is the one that is valid.
    return (isNewSecret ? last : first) as never;
  }

  /** Digests of all tables that a call can change. */
  private async everything(): Promise<Record<string, string>> {
    const digests = JSON.parse(await digestOfEverything(this.network)) as { t: string; d: string }[];
    return Object.fromEntries(digests.filter(({ t }) => !SEALED.includes(t)).map(({ t, d }) => [t, d]));
  }
}

/** What the sealer does with events a moment after they were written. */
const SEALED = ['public.event_queue', 'public.event_seals', 'public.event_feed'];

/** An answer without what is shown once, and without what whoever sends a claim's digest again is not shown. */
function shownAgain(name: string, { notices, ...payload }: Payload, input: object): object {
  const isDigest = name === 'claimInvitation' && 'secretDigest' in input;
  const hidden = isDigest ? [...SHOWN_ONCE, 'grantee'] : SHOWN_ONCE;
  return {
    ...Object.fromEntries(Object.entries(payload).filter(([field]) => !hidden.includes(field))),
    notices: notices.filter(({ code }) => code !== 'SECRET_ALREADY_SHOWN'),
  };
}

/** Of the answer as it came over the wire. */
function payloadIn(answer: string, name: string): Payload {
  const body = answer.slice(answer.indexOf('\r\n\r\n') + 4);
  const { data, errors } = JSON.parse(body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1)) as {
    data: Record<string, Payload> | null;
    errors?: unknown;
  };
  if (!data || errors) throw new Error(`${name}: ${body}`);
  return data[name];
}
