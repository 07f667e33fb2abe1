// Which way imports may point. Read it as: app.module -> features -> platform, and among the features
//
//   accounts, organizations <- funders, grantees <- agreements <- narrative-reports <- obstacles <- statistics
//
// Whoever stands left of an arrow knows nothing of who stands right of it. `npm run directions` checks it.

/** Each feature, and the features it may know. An answer that is overdue suggests an obstacle; a report knows of none. */
const FEATURES = {
  welcome: [],
  accounts: [],
  organizations: ['accounts'],
  funders: ['accounts', 'organizations'],
  grantees: ['accounts', 'organizations'],
  agreements: ['accounts', 'organizations', 'funders', 'grantees'],
  'narrative-reports': ['accounts', 'organizations', 'funders', 'grantees', 'agreements'],
  obstacles: ['accounts', 'organizations', 'funders', 'grantees', 'agreements', 'narrative-reports'],
  statistics: ['accounts', 'organizations', 'funders', 'grantees', 'agreements', 'narrative-reports', 'obstacles'],
};
/** What a grantee is promised is computed where statistics are made, and said where it logs. */
const PROMISE = '^src/statistics/queries/guarantee-text\\.rules\\.ts$';
/** They act on behalf of somebody, so they stand outside and use what everybody else may call: services. */
const CALLERS = ['imports', 'demo', 'simulation'];

const all = Object.keys(FEATURES);
const anyFeature = `^src/(${[...all, ...CALLERS].join('|')})/`;
/** What one feature shows another: what it does, what it keeps, what it decides, how to load it, how GraphQL shows it. */
const PUBLIC = '\\.(service|entity|lifecycle|rules|loaders|module|type)\\.ts$';
const SPEC = '\\.spec\\.ts$';

const featureOrder = all.map((name) => ({
  name: `${name}-knows-only-its-left`,
  comment: `${name} may import ${FEATURES[name].join(', ') || 'no other feature'}. To use something to the right, let the right side add it (a resolver may add a field to another feature's type).`,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: {
    path: anyFeature,
    pathNot: [`^src/(${[name, ...FEATURES[name]].join('|')})/`, ...(name === 'obstacles' ? [PROMISE] : [])],
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment:
        'The compiled ESM application dies on a circular import ("Cannot access X before initialization") that test runners load happily. Types count too: tomorrow the import is a value.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'platform-knows-no-feature',
      comment: 'The platform is what features stand on. It may read config.ts, nothing else outside itself.',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: SPEC },
      to: { path: '^src/', pathNot: ['^src/platform/', '^src/config\\.ts$'] },
    },
    {
      name: 'config-knows-nobody',
      comment:
        'Settings are read before anything else exists; two settings have forms of their own, and a file for each form.',
      severity: 'error',
      from: { path: '^src/config\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(trusted-proxies|secrets)\\.ts$' },
    },
    {
      name: 'features-are-assembled-at-the-top',
      comment:
        'Only the entry points (src/*.ts, src/cli/) know the whole application; no feature or platform file imports them.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: ['^src/(cli|demo|simulation)/', SPEC] },
      to: { path: '^src/[^/]+\\.ts$', pathNot: '^src/config\\.ts$' },
    },
    {
      name: 'no-test-code-in-the-application',
      comment: 'What the service runs never depends on a test.',
      severity: 'error',
      from: { path: '^(src|migrations)/', pathNot: SPEC },
      to: { path: ['^test/', SPEC] },
    },
    ...featureOrder,
    {
      name: 'across-features-only-the-public-files',
      comment:
        'Another feature is used through its services, entities, lifecycles, rules, loaders, GraphQL types and module; its stores, resolvers and inputs may change any day.',
      severity: 'error',
      from: { path: `^src/(${all.join('|')})/` },
      to: { path: anyFeature, pathNot: ['^src/$1/', PUBLIC] },
    },
    {
      name: 'imports-use-the-public-files',
      comment:
        'An import writes whole files set by set, which no service offers, so it has statements of its own; from other features it takes what they show each other.',
      severity: 'error',
      from: { path: '^src/imports/', pathNot: SPEC },
      to: { path: anyFeature, pathNot: ['^src/imports/', PUBLIC] },
    },
    {
      name: 'demo-uses-services-only',
      comment:
        'Demo data goes through the doors everybody uses, so that every rule, event and idempotency key applies to it. (Modules are how Nest hands over a service.)',
      severity: 'error',
      from: { path: '^src/demo/', pathNot: SPEC },
      to: { path: anyFeature, pathNot: ['^src/demo/', '\\.(service|module)\\.ts$'] },
    },
    {
      name: 'simulation-uses-services-and-rules',
      comment:
        'A simulated network logs and is sealed through the doors everybody uses. It writes organizations and agreements in bulk, past them, and compares by the rules.',
      severity: 'error',
      from: { path: '^src/simulation/', pathNot: SPEC },
      to: { path: anyFeature, pathNot: ['^src/simulation/', '\\.(service|rules|module)\\.ts$'] },
    },
    {
      name: 'nobody-needs-the-callers',
      comment: 'Imports, demo and simulation are leaves: no feature depends on them.',
      severity: 'error',
      from: { path: `^src/(${all.join('|')})/` },
      to: { path: `^src/(${CALLERS.join('|')})/` },
    },
    {
      name: 'doors-only-delegate',
      comment:
        'A resolver or controller calls one service method. Reaching for a store would skip the rules and the event; ' +
        'the type of the row it hands on is no reach.',
      severity: 'error',
      from: { path: '\\.(resolver|controller)\\.ts$' },
      to: { path: '\\.(store|job)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'services-know-no-door',
      comment: 'A service does not know whether GraphQL, REST or the command line called it.',
      severity: 'error',
      from: { path: '\\.(service|store|loaders)\\.ts$', pathNot: '^src/platform/' },
      to: { path: '\\.(resolver|controller)\\.ts$' },
    },
    {
      name: 'stores-only-keep',
      comment: 'A store is named SQL. Deciding belongs to services, lifecycles and rules.',
      severity: 'error',
      from: { path: '\\.store\\.ts$', pathNot: '^src/platform/' },
      to: { path: '\\.(service|resolver|controller|job|loaders)\\.ts$', pathNot: '^src/platform/' },
    },
    {
      name: 'entities-are-plain',
      comment: 'An entity describes rows; it knows entities and the platform.',
      severity: 'error',
      from: { path: '\\.entity\\.ts$' },
      to: { path: '^src/', pathNot: ['\\.(entity|lifecycle|rules)\\.ts$', '^src/platform/'] },
    },
    {
      name: 'rules-know-only-rules',
      comment:
        'Lifecycles and rules are pure: data in, decision out. They may import each other, and the pure rules of the platform (money, dates).',
      severity: 'error',
      from: { path: '\\.(lifecycle|rules)\\.ts$' },
      to: {
        path: '^(src|migrations|test)/',
        // The closed list of refusal codes is the vocabulary of a decision.
        pathNot: ['\\.(lifecycle|rules)\\.ts$', '^src/platform/errors/codes\\.ts$'],
      },
    },
    {
      name: 'rules-import-no-package',
      comment:
        'No framework, no database, no clock in a rule: that is why their tests need nothing and take milliseconds.',
      severity: 'error',
      from: { path: '\\.(lifecycle|rules)\\.ts$' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'core'] },
    },
    {
      name: 'only-declared-packages',
      comment: 'A package that is not in package.json, or that only development has, is missing in production.',
      severity: 'error',
      from: { path: '^(src|migrations)/', pathNot: SPEC },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that leads nowhere would slip through every rule above.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.d.ts'],
    },
  },
};
