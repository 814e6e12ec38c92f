import { connect, connectBeside, Database, migrate, type Scope, type Services } from '@sevenfold/core/db';
import { SystemDatabase } from '@sevenfold/core/system';
import { fixedClock, type FixedClock } from '@sevenfold/platform/clock';
import { KeyRing } from '@sevenfold/platform/crypto';
import type { WebPush } from '@sevenfold/platform/web-push';
import { createRegistry, type PluginRegistry } from '@sevenfold/plugin-sdk';
import { fakeChannel, fakeSocial } from '../fakes/index.js';
import { createTestDatabase, type TestDatabase } from '../postgres/index.js';
import { aWorkspace, type TestWorkspace } from './workspace.js';
import type { AsyncResource } from '../util/async-resource.js';

export interface CoreWorldOptions {
  /** Channels in-app, email and sms and platform instagram, all in memory, unless told. */
  plugins?: PluginRegistry;
  /** Connections of the app role; 10 unless told. */
  poolSize?: number;
  /** Calls devices; absent unless told. */
  push?: WebPush;
}

/** A database of its own with the core on top, and one workspace in it. Time stands still until the test moves it. */
export interface CoreWorld extends AsyncResource {
  database: TestDatabase;
  db: Database;
  system: SystemDatabase;
  services: Services;
  clock: FixedClock;
  /** The first workspace; more by `aWorkspace(world)`. */
  workspace: TestWorkspace;
  /** The first workspace as its owner. */
  scope: Scope;
  /** Rows past row-level security, for assertions. */
  rows<T extends object>(sql: string, params?: unknown[]): Promise<T[]>;
}

/** Opens a world of its own for one test file; dispose it at the end. */
export async function coreWorld({ plugins, poolSize = 10, push }: CoreWorldOptions = {}): Promise<CoreWorld> {
  const database = await createTestDatabase({ migrate });
  const clock = fixedClock(new Date('2026-11-23T09:00:00Z'));
  const services: Services = {
    keyRing: KeyRing.parse(`k1:${Buffer.alloc(32, 7).toString('base64')}`),
    plugins: plugins ?? fakePlugins(),
    publicUrl: 'https://sevenfold.test',
    push,
  };
  const orm = await connect(database.appUrl, poolSize);
  const db = new Database(orm, clock, services);
  const system = new SystemDatabase(await connectBeside(orm, database.systemUrl, 6), clock);
  const workspace = await aWorkspace({ system, services });
  return {
    database,
    db,
    system,
    services,
    clock,
    workspace,
    scope: workspace.scope,
    rows: <T extends object>(sql: string, params: unknown[] = []) => system.transaction((em) => em.execute<T[]>(sql, params)),
    [Symbol.asyncDispose]: async () => {
      await db.close();
      await system.close();
      await database.drop();
    },
  };
}

/** The three channels and one platform, in memory. */
export function fakePlugins(): PluginRegistry {
  const inApp = fakeChannel({ channel: 'in-app', traits: { needsAppSession: true } });
  const email = fakeChannel({ channel: 'email', traits: { rich: true, bodyTemplate: 'html' } });
  const sms = fakeChannel({ channel: 'sms', traits: { newsletter: false, repeatCostsMoney: true, bodyTemplate: 'short' } });
  return createRegistry([inApp, email, sms], [fakeSocial('instagram')]);
}
