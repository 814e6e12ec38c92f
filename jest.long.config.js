import base from './jest.config.js';

/** The slow half: sweeps, fuzzing and kill tests, reproducible by their SEED. */
export default {
  ...base,
  testMatch: ['**/*.long.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  testTimeout: 30 * 60_000,
};
