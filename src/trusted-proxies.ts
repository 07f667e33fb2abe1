import { BlockList, isIP } from 'node:net';

/** How many proxies stand in front, or where they stand; 0 when the header `X-Forwarded-For` is not believed. */
export type TrustedProxies = number | readonly string[];

const MOST_HOPS = 10;
/** The widest networks that are anybody's own: 10.0.0.0/8 and fc00::/7. Wider ones trust strangers. */
const WIDEST = { 4: 8, 6: 7 } as const;
const BITS = { 4: 32, 6: 128 } as const;
/** IPv4 addresses written as IPv6 ones begin after 96 bits. */
const MAPPED = ['::ffff:0:0', 96] as const;

/** The proxies that a setting names; null when it says something else, or trusts everybody. */
export function readTrustedProxies(text: string): TrustedProxies | null {
  if (/^\d{1,2}$/.test(text)) return Number(text) <= MOST_HOPS ? Number(text) : null;
  const networks = text.split(',').map((part) => part.trim());
  return networks.every(isOwnNetwork) ? networks : null;
}

function isOwnNetwork(network: string): boolean {
  const [, address, bits] = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i.exec(network) ?? [];
  const version = isIP(address ?? '');
  if (version !== 4 && version !== 6) return false;
  const prefix = bits === undefined ? BITS[version] : Number(bits);
  return prefix >= WIDEST[version] && prefix <= BITS[version] && !(version === 6 && hasWideIpv4(address, prefix));
}

/** ::ffff:0:0/96 is the whole of IPv4, and so is everything around it. */
function hasWideIpv4(address: string, prefix: number): boolean {
  if (prefix >= MAPPED[1] + WIDEST[4]) return false;
  return contains(address, prefix, MAPPED[0]) || contains(...MAPPED, address);
}

function contains(network: string, prefix: number, address: string): boolean {
  const list = new BlockList();
  list.addSubnet(network, prefix, 'ipv6');
  return list.check(address, 'ipv6');
}

/** As Fastify wants it: of each address, from the nearest on, whether it is a proxy of ours. */
export function trustOf(proxies: TrustedProxies): string[] | ((address: string, hop: number) => boolean) | false {
  if (typeof proxies !== 'number') return [...proxies];
  return proxies > 0 && ((_, hop) => hop < proxies);
}
