import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.js';
import { STANDARD } from './statistics/views.rules.js';

describe('the settings of statistics', () => {
  it('are those of the design when nothing is set', () => {
    expect(readConfig({}).statistics).toEqual(STANDARD);
  });

  it('can be made safer', () => {
    const env = {
      STATISTICS_EPSILON_CATEGORY: '0.1',
      STATISTICS_EPSILON_FUNDER: '0.001',
      STATISTICS_GATE_REGION: '40',
    };
    expect(readConfig(env).statistics).toEqual({
      epsilons: { CATEGORY: 100, KIND_BY_REGION: 200, FUNDER: 1 },
      gates: { network: 200, region: 40, funder: 150 },
    });
  });

  it.each([
    ['STATISTICS_EPSILON_CATEGORY', '0.351'],
    ['STATISTICS_EPSILON_CATEGORY', '0'],
    ['STATISTICS_EPSILON_REGION', '0.2001'],
    ['STATISTICS_EPSILON_FUNDER', '1e-1'],
    ['STATISTICS_GATE_NETWORK', '199'],
    ['STATISTICS_GATE_REGION', '24'],
    ['STATISTICS_GATE_FUNDER', '149.5'],
  ])('and never less safe: %s=%s', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(name);
  });
});

describe('the store of the ledger', () => {
  const s3 = { S3_BUCKET: 'files', S3_REGION: 'eu' };

  it.each([
    ['the disk, in its own folder', {}, { store: 'disk', folder: undefined }],
    ['another folder', { LEDGER_FOLDER: '/ledger' }, { store: 'disk', folder: '/ledger' }],
    ['a bucket where attachments are in one', { ATTACHMENTS: 's3', ...s3 }, { store: 's3', bucket: 'files' }],
    ['a bucket of its own', { LEDGER: 's3', LEDGER_BUCKET: 'ledger', ...s3 }, { store: 's3', bucket: 'ledger' }],
    ['the disk all the same', { ATTACHMENTS: 's3', LEDGER: 'disk', ...s3 }, { store: 'disk' }],
  ])('is %s', (_, env, expected) => {
    expect(readConfig(env).ledger).toMatchObject(expected);
  });

  it('needs a bucket, and is one of two', () => {
    expect(() => readConfig({ LEDGER: 's3' })).toThrow('LEDGER_BUCKET or S3_BUCKET is required with LEDGER=s3.');
    expect(() => readConfig({ LEDGER: 'tape' })).toThrow('LEDGER is "tape"');
  });
});

describe('TRUST_PROXY', () => {
  it.each([
    [undefined, 0],
    ['0', 0],
    ['2', 2],
    ['10.0.0.0/8, 192.0.2.7', ['10.0.0.0/8', '192.0.2.7']],
    ['fc00::/7,::1', ['fc00::/7', '::1']],
    ['::ffff:10.0.0.0/104', ['::ffff:10.0.0.0/104']],
  ])('names hops or networks: %s', (text, proxies) => {
    expect(readConfig({ TRUST_PROXY: text }).trustProxy).toEqual(proxies);
  });

  it.each([
    'true',
    'false',
    'all',
    '*',
    '11',
    '-1',
    '1.5',
    'loopback',
    '0.0.0.0/0',
    '0.0.0.0/1,128.0.0.0/1',
    '::/0',
    '::/80',
    '::ffff:0:0/96',
    '::ffff:10.0.0.0/100',
    '10.0.0.0/33',
    '10.0.0.0/8,',
    'proxy.example.org',
    '10.0.0',
  ])('never says all, or something else: %s', (text) => {
    expect(() => readConfig({ TRUST_PROXY: text })).toThrow(/^TRUST_PROXY is "/);
  });
});

describe('GOODFAITH_SECRET', () => {
  const OLD = 'an older secret that is long enough';
  const NEW = 'a newer secret that is long enough';

  it.each([
    [undefined, undefined],
    ['', undefined],
    [NEW, NEW],
    [`${NEW}, ${OLD},`, `${NEW},${OLD}`],
  ])('is one or several, the newest first: %s', (text, secret) => {
    expect(readConfig({ GOODFAITH_SECRET: text }).secret).toBe(secret);
  });

  it.each(['short', `${NEW},short`, `short,${OLD}`, `${NEW},${NEW}`])(
    'never is one that is too short, or the same twice: %s',
    (text) => {
      expect(() => readConfig({ GOODFAITH_SECRET: text })).toThrow(/^GOODFAITH_SECRET (is too short|has the same)/);
    },
  );
});
