/** Decorators and types go by swc; TypeScript itself checks the same files in `npm run typecheck`. */
const swc = {
  jsc: {
    parser: { syntax: 'typescript', tsx: false, decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    target: 'esnext',
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

/** Tests that take minutes are named *.long.test.ts and belong to `npm run test:long`. */
export default {
  rootDir: import.meta.dirname,
  roots: ['libs', 'plugins', 'apps', 'scripts'].map((folder) => `<rootDir>/${folder}`),
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '\\.long\\.test\\.ts$'],
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/'],
  watchPathIgnorePatterns: ['/dist/', '/\\.sevenfold/'],
  testEnvironment: 'node',
  // 'source' makes our own packages resolve to their TypeScript, so that tests never need a build.
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['js', 'mjs', 'cjs', 'ts', 'json', 'node'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  globalSetup: '<rootDir>/libs/testing/jest/global-setup.js',
  globalTeardown: '<rootDir>/libs/testing/jest/global-teardown.js',
  maxWorkers: 2,
  testTimeout: 30_000,
};
