import { expect, test } from '@jest/globals';
import { newDataKey } from '../crypto/index.js';
import { ConfigError, loadApiConfig, loadSetupConfig, loadSlackbotConfig, loadWorkerConfig, variables } from './index.js';

const env = {
  DATABASE_URL: 'postgres://app:pw@localhost:5432/sevenfold',
  DATABASE_URL_SYSTEM: 'postgres://system:pw@localhost:5432/sevenfold',
  TEMPORAL_ADDRESS: 'localhost:7233',
  PUBLIC_URL: 'https://campaigns.example.org/',
  KEY_RING: `k1:${newDataKey().toString('base64')}`,
};

function problemsOf(work: () => unknown): ConfigError {
  try {
    work();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('there was no problem');
}

test('reads the API and the worker with their defaults', () => {
  const api = loadApiConfig({ ...env, API_PORT: '0', SLACK_SERVICE_CREDENTIAL: '' });
  expect(api).toMatchObject({
    port: 0, host: '0.0.0.0', temporalNamespace: 'default', publicUrl: 'https://campaigns.example.org', logLevel: 'info',
    maxBodyBytes: 1_048_576, maxFileBytes: 26_214_400, requestsPerMinute: 6_000, engineDeadlineMs: 10_000,
  });
  expect(api.slackServiceCredential).toBeUndefined();
  expect(api.plugins).toHaveLength(4);
  const dataKey = newDataKey();
  expect(api.keyRing.unwrap(loadWorkerConfig(env).keyRing.wrap(dataKey))).toEqual(dataKey);
});

test('reads the Slack bot and setup', () => {
  const bot = loadSlackbotConfig({
    TEMPORAL_ADDRESS: 'localhost:7233',
    API_URL: 'http://localhost:3000', SLACK_SERVICE_CREDENTIAL: 'x'.repeat(32), SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's', SLACK_CHANNEL: 'C1',
  });
  expect(bot).toMatchObject({ port: 3001, healthPort: 3003, slackApiUrl: 'https://slack.com/api/', apiUrl: 'http://localhost:3000' });
  expect(loadSetupConfig({ ...env, DATABASE_URL_OWNER: 'postgres://o@h/d' }).databaseOwnerUrl).toBe('postgres://o@h/d');
});

test('lists all problems at once, with the fix and without values', () => {
  const error = problemsOf(() =>
    loadApiConfig({
      DATABASE_URL: 'CANARY', TEMPORAL_ADDRESS: 'CANARY', API_PORT: '99999', KEY_RING: 'k1:CANARY', LOG_LEVEL: 'CANARY', PUBLIC_URL: 'ftp://CANARY',
      MAX_FILE_BYTES: '1e9', SEVENFOLD_PLUGINS: 'CANARY,CANARY', SEVENFOLD_BOOTSTRAP_TOKEN: 'CANARY',
    }),
  );
  expect(error.problems.map((problem) => problem.variable).sort()).toEqual([
    'API_PORT', 'DATABASE_URL', 'DATABASE_URL_SYSTEM', 'KEY_RING', 'LOG_LEVEL', 'MAX_FILE_BYTES', 'PUBLIC_URL', 'SEVENFOLD_BOOTSTRAP_TOKEN',
    'SEVENFOLD_PLUGINS', 'TEMPORAL_ADDRESS',
  ]);
  expect(error.message).toContain('DATABASE_URL_SYSTEM is not set. Set it to postgres://');
  expect(error.message).not.toContain('CANARY');
});

test('every variable is described, used and says who needs it', () => {
  for (const variable of variables) {
    expect(variable.description).toMatch(/\w.*\.$/);
    expect(variable.usedBy.length).toBeGreaterThan(0);
  }
  expect(variables.find((variable) => variable.name === 'KEY_RING')).toMatchObject({ secret: true, usedBy: [{ process: 'api', required: true }, { process: 'worker', required: true }] });
});
