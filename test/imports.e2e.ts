import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { everything, file, grant, send } from './support/grants.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());

const counts = (created: number, updated: number, unchanged: number, rejectedCount: number) => ({
  read: created + updated + unchanged + rejectedCount,
  created,
  updated,
  unchanged,
  rejectedCount,
});
const agreementOf = async (id: string) => {
  const [row] = await network.sql<Record<string, unknown>>(
    `SELECT a.*, i.date_modified, i.source, f.name AS funder, t.name AS grantee FROM imported_grants i JOIN agreements a ON a.id = i.agreement_id
     JOIN organizations f ON f.id = a.funder_id JOIN organizations t ON t.id = a.grantee_id WHERE i.source_id = $1`,
    [`360G-test-${id}`],
  );
  return row;
};
const eventsOf = async (agreementId: unknown) =>
  (
    await network.sql<{ type: string }>('SELECT type FROM events WHERE subject_id = $1 ORDER BY at, id', [agreementId])
  ).map(({ type }) => type);

describe('a 360Giving file', () => {
  it('becomes recorded agreements, and says what became of each row', async () => {
    const sent = await send(
      network,
      file(
        grant('one', { plannedDates: [{ startDate: '2019-05-01', endDate: '2019-01-01' }] }),
        grant('zero', { amountAwarded: 0, currency: 'VND' }),
        grant('bad', { amountAwarded: '£5' }),
        grant('itself', { recipientOrganization: [{ id: 'GB-CHC-7000001', name: 'Harbor Fund' }] }),
        grant('one', { title: 'Again' }),
        'no grant',
      ),
    );
    expect(sent).toMatchObject({ status: 200, body: { ...counts(3, 0, 0, 3), dryRun: false } });
    expect(sent.body.rejected).toMatchObject([
      { position: 2, id: '360G-test-bad', field: 'amountAwarded', reason: expect.stringContaining('£5') },
      { position: 4, id: '360G-test-one', field: 'id', reason: expect.stringContaining('position 0') },
      { position: 5, id: null, field: null, reason: expect.stringContaining('not a grant') },
    ]);
    const one = await agreementOf('one');
    expect(one).toMatchObject({
      state: 'RECORDED',
      origin: 'IMPORTED',
      restriction: 'UNSTATED',
      committed_minor: '150050',
      currency: 'GBP',
      revision: 1,
      version: 1,
      accepted_at: null,
      funder: 'Harbor Fund',
      grantee: 'Kite Makers',
      source: { amountAwarded: '1500.5' },
    });
    expect(one.offered_to).toBe(one.grantee_id);
    expect(await eventsOf(one.id)).toEqual(['AGREEMENT_RECORDED']);
    const itself = await agreementOf('itself');
    expect(itself.funder_id).toBe(itself.grantee_id);
  });

  it('changes nothing when it comes again', async () => {
    const text = file(grant('same'), grant('same-2', { recipientOrganization: [{ name: 'Nameless Group' }] }));
    await send(network, text);
    const before = await everything(network);
    expect((await send(network, text)).body).toMatchObject(counts(0, 0, 2, 0));
    expect(await everything(network)).toEqual(before);
  });

  it('updates what a newer version of it changes, and leaves what is older', async () => {
    const version = (day: string, fields: object) =>
      file(grant('edited', { dateModified: `2020-01-${day}T00:00:00Z`, ...fields }));
    await send(network, version('10', {}));
    const first = await agreementOf('edited');
    const richer = { amountAwarded: 2000, recipientOrganization: [{ id: 'GB-CHC-7000003', name: 'Third Party' }] };
    expect((await send(network, version('12', richer))).body).toMatchObject(counts(0, 1, 0, 0));
    const second = await agreementOf('edited');
    expect(second).toMatchObject({ id: first.id, version: 2, committed_minor: '200000', grantee: 'Third Party' });
    expect(await eventsOf(first.id)).toEqual([
      'AGREEMENT_RECORDED',
      'AGREEMENT_RECORD_UPDATED',
      'AGREEMENT_RECORD_UPDATED',
    ]);
    expect((await send(network, version('11', {}))).body).toMatchObject(counts(0, 0, 1, 0));
    expect(await agreementOf('edited')).toEqual(second);
    // The same content published again makes everything before it old.
    expect((await send(network, version('20', richer))).body).toMatchObject(counts(0, 0, 1, 0));
    expect((await send(network, version('15', {}))).body).toMatchObject(counts(0, 0, 1, 0));
    expect(await agreementOf('edited')).toMatchObject({ version: 2, committed_minor: '200000' });
  });

  it('keeps what text PostgreSQL cannot', async () => {
    const text = file(grant('odd', { beneficiaryLocation: [{ name: 'a\u0000b \\u0000' }] })).replace(
      'a\\u0000b',
      'a\\u0000\\ud800b',
    );
    expect((await send(network, text)).body).toMatchObject(counts(1, 0, 0, 0));
    expect(await agreementOf('odd')).toMatchObject({
      source: { beneficiaryLocation: [{ name: 'a\ufffd\ufffdb \\u0000' }] },
    });
  });

  it('is tried without keeping anything', async () => {
    const before = await everything(network);
    const sent = await send(network, file(grant('dry')), { query: '?dryRun=true' });
    expect(sent.body).toMatchObject({ ...counts(1, 0, 0, 0), dryRun: true });
    expect(await everything(network)).toEqual(before);
    const wrong = await send(network, file(grant('dry')), { query: '?dryRun=perhaps' });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'INVALID_VALUE', path: ['dryRun'] } });
  });
});

describe('organizations', () => {
  it('are matched by identifier across files, with the network, and keep other spellings', async () => {
    const registered = await network.mutate(
      network.keys.steward,
      'registerOrganization',
      {
        name: 'Sông Xanh',
        grantee: { legalForm: 'REGISTERED' },
        identifiers: [{ scheme: 'GB-CHC', value: '7100001' }],
      },
      'organization { id }',
    );
    const recipient = (name: string) => ({ recipientOrganization: [{ id: 'gb-chc-71 00001', name }] });
    await send(network, file(grant('m1', recipient('Song Xanh')), grant('m2', recipient('SONG XANH'))));
    await send(network, file(grant('m3', recipient('Blue River'))));
    const rows = await Promise.all(['m1', 'm2', 'm3'].map(agreementOf));
    expect(new Set(rows.map((row) => row.grantee_id)).size).toBe(1);
    const { data } = await network.call(
      network.keys.steward,
      `query ($id: ID!) { node(id: $id) { ... on Organization { name otherNames version } } }`,
      { id: registered.organization.id },
    );
    expect(data.node).toEqual({ name: 'Sông Xanh', otherNames: ['Song Xanh', 'Blue River'], version: 3 });
  });

  it('without identifier are known by name in the grants of one funder alone, and are in no directory', async () => {
    const fields = (funder: string) => ({
      fundingOrganization: [{ id: funder, name: `Funder ${funder}` }],
      recipientOrganization: [{ name: 'Sunday Kitchen' }],
    });
    await send(network, file(grant('n1', fields('GB-CHC-7200001')), grant('n2', fields('GB-CHC-7200002'))));
    await send(network, file(grant('n3', fields('GB-CHC-7200001'))));
    const [n1, n2, n3] = await Promise.all(['n1', 'n2', 'n3'].map(agreementOf));
    expect(n3.grantee_id).toBe(n1.grantee_id);
    expect(n2.grantee_id).not.toBe(n1.grantee_id);
    const { data } = await network.call(null, '{ grantees(first: 100) { nodes { name } } }');
    expect(JSON.stringify(data)).not.toContain('Sunday Kitchen');
    const faces = await network.sql('SELECT legal_form, is_listed FROM grantees WHERE organization_id = $1', [
      n1.grantee_id,
    ]);
    expect(faces).toEqual([{ legal_form: 'INFORMAL_GROUP', is_listed: false }]);
  });
});

describe('a file that cannot be read', () => {
  const whole = file(...Array.from({ length: 1200 }, (_, i) => grant(`cut-${i}`)));
  const cases: [string, string | Uint8Array, string][] = [
    ['truncated', whole.slice(0, -2), 'TRUNCATED'],
    ['cut inside a grant', whole.slice(0, -300), 'TRUNCATED'],
    ['no JSON', 'Dear all, here is the file', 'NOT_JSON'],
    ['JSON without grants', '{"data": []}', 'NO_GRANTS_LIST'],
    ['gzip', gzipSync(whole), 'GZIP_FILE'],
    ['empty', '', 'EMPTY_FILE'],
  ];

  it.each(cases)('is refused in words and leaves nothing: %s', async (_, body, problem) => {
    const before = await everything(network);
    const sent = await send(network, body);
    expect(sent).toMatchObject({
      status: 422,
      type: 'application/problem+json; charset=utf-8',
      body: { code: 'IMPORT_UNREADABLE', problem, detail: expect.any(String) },
    });
    expect(sent.body.detail).not.toMatch(/undefined|null|Error/);
    expect(await everything(network)).toEqual(before);
  });

  it('is refused by its length before it is read', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${network.keys.steward}`, 'content-length': 600 * 1024 * 1024 };
      const call = request(`${network.url}/v1/imports/360giving`, { method: 'POST', headers }, (response) => {
        resolve(response.statusCode);
        call.destroy();
      });
      call.on('error', reject);
      call.flushHeaders();
    });
    expect(status).toBe(413);
  });
});

describe('who imports', () => {
  it('is the steward alone', async () => {
    const before = await everything(network);
    const { funder, secondFunder, grantee, secondGrantee, analyst } = network.keys;
    for (const key of [funder, secondFunder, grantee, secondGrantee, analyst]) {
      expect(await send(network, file(grant('denied')), { key })).toMatchObject({
        status: 403,
        body: { code: 'FORBIDDEN' },
      });
    }
    for (const key of [null, 'gf_nobody_nothing']) {
      expect(await send(network, file(grant('denied')), { key })).toMatchObject({
        status: 401,
        body: { code: 'UNAUTHENTICATED' },
      });
    }
    expect(await everything(network)).toEqual(before);
  });

  it('is one at a time', async () => {
    const text = file(...Array.from({ length: 3000 }, (_, i) => grant(`race-${i}`)));
    const sent = await Promise.all([send(network, text), send(network, text), send(network, text)]);
    const done = sent.filter(({ status }) => status === 200);
    const refused = sent.filter(({ status }) => status !== 200);
    expect(done.reduce((sum, { body }) => sum + body.created, 0)).toBe(3000);
    for (const { status, body } of refused) {
      expect({ status, body }).toMatchObject({ status: 409, body: { code: 'IMPORT_RUNNING', retryable: true } });
    }
    expect(refused.length).toBeGreaterThan(0);
    const rows = await network.sql<{ count: string }>(
      `SELECT count(*) FROM imported_grants WHERE source_id LIKE '360G-test-race-%'`,
    );
    expect(rows).toEqual([{ count: '3000' }]);
  });

  it('sends it as any type, in pieces', async () => {
    const pieces = file(grant('streamed')).match(/.{1,50}/g)!;
    const body = ReadableStream.from(pieces.map((piece) => Buffer.from(piece)));
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await send(network, body, { headers })).body).toMatchObject(counts(1, 0, 0, 0));
  });
});

describe('the parties of a recorded agreement', () => {
  it('see where it comes from; nobody else sees it', async () => {
    const { keys, ids } = network;
    for (const party of ['funder', 'grantee'] as const) {
      await network.sql(
        `INSERT INTO organization_identifiers (scheme, value, organization_id) VALUES ('GB-CHC', $1, $2)`,
        [
          party === 'funder' ? '7300001' : '7300002',
          ids.organization[party].slice(4).replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
        ],
      );
    }
    const fields = {
      fundingOrganization: [{ id: 'GB-CHC-7300001', name: 'Riverstone Fund' }],
      recipientOrganization: [{ id: 'GB-CHC-7300002', name: 'Hội Phụ nữ Sông Hậu' }],
      grantProgramme: [{ title: 'Rivers' }],
    };
    await send(network, file(grant('seen', fields)), { query: '?fileName=rivers.json' });
    const { id } = await agreementOf('seen');
    const query = `{ node(id: "agr_${String(id).replaceAll('-', '')}") { ... on GrantAgreement {
      importedFrom { id funderName recipientName durationMonths title description program fileName } } } }`;
    const source = {
      id: '360G-test-seen',
      funderName: 'Riverstone Fund',
      recipientName: 'Hội Phụ nữ Sông Hậu',
      durationMonths: null,
      title: 'A year of rent',
      description: 'For whatever the year brings.',
      program: 'Rivers',
      fileName: 'rivers.json',
    };
    for (const key of [keys.steward, keys.funder, keys.grantee]) {
      expect((await network.call(key, query)).data).toEqual({ node: { importedFrom: source } });
    }
    for (const key of [keys.secondFunder, keys.secondGrantee]) {
      expect((await network.call(key, query)).data).toEqual({ node: null });
    }
  });
});
