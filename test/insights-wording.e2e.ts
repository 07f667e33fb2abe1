import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { FUNDERS, QUARTER, REGIONS, publish } from './support/published-scenes.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
  await publish(network, '2026-Q3', 'CATEGORY', 350, QUARTER);
  await publish(network, '2026', 'KIND_BY_REGION', 200, REGIONS);
  await publish(network, '2026', 'FUNDER', 400, FUNDERS);
});
afterAll(() => network.stop());

const get = async (path: string) => ({ text: await (await fetch(network.url + path)).text() });

describe('what a reader is told on the page of figures', () => {
  it.each(['en', 'vi'])('leaves no percent sign alone in a line, in %s', async (language) => {
    const { text } = await get(`/insights?language=${language}`);
    const written = text.replace(/<svg [^]*?<\/svg>/g, '');
    expect(written).toMatch(/\d\u00a0%/);
    expect(written.match(/\d %/g)).toBeNull();
  });

  it('says for each view below what a figure is too small, as its table does', async () => {
    const { text } = await get('/insights?language=en');
    const [said] = /reads “fewer than \d+” by cause.*?\./.exec(text)!;
    const told = [...said.matchAll(/fewer than (\d+)/g)].map(([, threshold]) => threshold);
    expect(told).toEqual(['19', '32', '16']);
    const sectionOf = (id: string): string => text.split(`<section aria-labelledby="${id}">`)[1].split('</section>')[0];
    for (const [id, threshold] of [
      ['category', '19'],
      ['kind-by-region', '32'],
    ])
      expect(new Set(sectionOf(id).match(/fewer than \d+/g))).toEqual(new Set([`fewer than ${threshold}`]));
  });

  it('calls what it leads to by the name that stands there', async () => {
    const { text } = await get('/insights?language=en');
    const [, way] = /<a href="#periods">([^<]*)</.exec(text)!;
    expect(text).toContain(`<h2 id="periods">${way}</h2>`);
  });

  it('breaks a long code of the dictionary after a mark alone', async () => {
    const { text } = await get('/insights/dictionary');
    expect(text).toContain('<code>FUNDER_<wbr />DIRECTION</code>');
    expect(text).toContain('<code>M49:<wbr />');
    expect(text).not.toContain('overflow-wrap: anywhere');
  });

  it('says beside the highest chances whose they are', async () => {
    const { text } = await get('/insights?language=en');
    expect(text).not.toContain('says next to nothing');
    expect(text).toContain('In the last rows they come close to certainty.');
  });
});
