import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { ConfigError, readConfig } from '../../config.js';
import { VERSION } from './build.js';

it('the version is that of the package', () => {
  expect(VERSION).toBe((JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version);
});

it('a commit is a hash, or is not said', () => {
  expect(readConfig({}).commit).toBeNull();
  expect(readConfig({ GOODFAITH_COMMIT: '9a1b2c3' }).commit).toBe('9a1b2c3');
  for (const wrong of ['main', '9a1b', 'v1.2.3-dirty']) {
    expect(() => readConfig({ GOODFAITH_COMMIT: wrong })).toThrow(ConfigError);
  }
});
