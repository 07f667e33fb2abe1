/** @type {import('jest').Config} */
export default {
  testEnvironment: '<rootDir>/test/environment.mjs',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testRegex: '\\.(spec|e2e)\\.ts$',
  extensionsToTreatAsEsm: ['.ts'],
  // Source imports end in .js, as nodenext wants; the files are .ts.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': ['@swc/jest', { swcrc: true }],
    // An ESM-only leaf package that the CommonJS @fastify/static require()s. Jest on Node 20 has no require(esm), so
    // it is compiled; without these two lines Nest hides the cause and exits.
    '/node_modules/content-disposition/.+\\.js$': ['@swc/jest', { jsc: { target: 'es2022' } }],
  },
  transformIgnorePatterns: ['/node_modules/(?!(.+/node_modules/)?content-disposition/)'],
  globalSetup: '<rootDir>/test/global-setup.mjs',
  globalTeardown: '<rootDir>/test/global-teardown.mjs',
  testSequencer: '<rootDir>/test/longest-first.mjs',
  coverageProvider: 'v8',
  collectCoverageFrom: ['src/**/*.ts'],
  // Of tests. Hooks have a limit of their own, in test/environment.mjs.
  testTimeout: 60_000,
  // Modules loaded through vm are freed late (about 50 MB a file): let jest replace a worker that has grown.
  maxWorkers: 2,
  workerIdleMemoryLimit: '700MB',
};
