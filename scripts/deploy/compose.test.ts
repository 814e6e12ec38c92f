import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { composeOf, type Service } from './compose.js';
import { stagesOf } from './dockerfile.js';
import { madeUp } from './sample-values.js';
import { readAs, type ProcessName } from './starts.js';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
const services = composeOf(text, madeUp);
const ours: ProcessName[] = ['migrate', 'api', 'worker', 'slackbot'];
const service = (name: string): Service => services[name] ?? {};

// The addresses are made in the compose file; a person's .env has the parts of them.
const dotEnv = Object.fromEntries(Object.entries(madeUp).filter(([name]) => !name.startsWith('DATABASE_URL')));

/** What the container sees: the file .env, if it is given that, and over it what stands in the compose file. */
const environmentOf = ({ env_file, environment = {} }: Service): Record<string, string> => ({
  ...(env_file === '.env' ? dotEnv : {}),
  ...Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)])),
});

describe('docker-compose.yml', () => {
  test('has the real parts', () => {
    expect(Object.keys(services).sort()).toEqual(['api', 'mail', 'migrate', 'postgres', 'slackbot', 'temporal', 'temporal-ui', 'worker']);
    for (const { image } of Object.values(services)) expect(image).toBeTruthy();
  });

  test('names every secret that must be made up, and makes up none itself', () => {
    for (const secret of ['POSTGRES_PASSWORD', 'OWNER_PASSWORD', 'APP_PASSWORD', 'SYSTEM_PASSWORD', 'KEY_RING']) {
      expect(() => composeOf(text, { ...madeUp, [secret]: '' })).toThrow(`${secret} is not set`);
    }
    expect(text).not.toMatch(/PASSWORD: [a-z]/);
  });

  test.each(ours)('%s is built from a target there is, and starts with what it is given', async (name) => {
    const { build, stop_grace_period } = service(name);
    expect(stagesOf(readFileSync(join(root, 'Dockerfile'), 'utf8')).map((stage) => stage.name)).toContain(build?.target);
    expect(build?.target).toBe(name);
    expect(stop_grace_period).toBe('30s');
    await readAs(name, environmentOf(service(name)), root);
  });

  test('only the migration gets the owner of the tables, and the bot no database', () => {
    for (const name of ['api', 'worker', 'slackbot']) {
      const { DATABASE_URL_OWNER, OWNER_PASSWORD, POSTGRES_PASSWORD } = environmentOf(service(name));
      expect([DATABASE_URL_OWNER, OWNER_PASSWORD || undefined, POSTGRES_PASSWORD || undefined]).toEqual([undefined, undefined, undefined]);
    }
    expect(Object.keys(environmentOf(service('slackbot'))).filter((name) => /DATABASE|KEY_RING|PASSWORD/.test(name))).toEqual([]);
  });

  test('the three roles are made by the script that is mounted, with the passwords that are used', () => {
    const script = service('postgres').volumes?.find((volume) => volume.includes('initdb.d'))?.split(':')[0] ?? '';
    expect(existsSync(join(root, script))).toBe(true);
    const made = readFileSync(join(root, script), 'utf8');
    for (const [url, role] of [['DATABASE_URL', 'sevenfold_app'], ['DATABASE_URL_SYSTEM', 'sevenfold_system'], ['DATABASE_URL_OWNER', 'sevenfold_owner']] as const) {
      expect(new URL(environmentOf(service('migrate'))[url] ?? '').username).toBe(role);
      expect(made).toMatch(new RegExp(`create role ${role} login nosuperuser .*${role === 'sevenfold_system' ? 'bypassrls' : 'nobypassrls'} password`));
    }
    expect(made).toMatch(/create database sevenfold owner sevenfold_owner/);
  });

  test('nobody waits for what has no health, and addresses name services', () => {
    for (const { depends_on } of Object.values(services)) {
      for (const [name, { condition }] of Object.entries(Array.isArray(depends_on) ? {} : (depends_on ?? {}))) {
        const { healthcheck, build } = service(name);
        expect(Object.keys(services)).toContain(name);
        // Our own images bring their check along.
        if (condition === 'service_healthy') expect(healthcheck ?? build).toBeTruthy();
      }
    }
    for (const name of ours) {
      const env = environmentOf(service(name));
      const hosts = ['DATABASE_URL', 'SMTP_URL', 'API_URL'].flatMap((each) => (env[each] && each in (service(name).environment ?? {}) ? [new URL(env[each]).hostname] : []));
      for (const host of [...hosts.filter((host) => host !== new URL(madeUp['SMTP_URL'] ?? '').hostname), env['TEMPORAL_ADDRESS']?.split(':')[0] ?? '']) expect(Object.keys(services)).toContain(host);
    }
  });
});
