import { connect, connectBeside, Database, migrate, type Scope, type Tx } from '@sevenfold/core/db';
import { SystemDatabase } from '@sevenfold/core/system';
import { fixedClock, type FixedClock } from '@sevenfold/platform/clock';
import { addressHash, KeyRing } from '@sevenfold/platform/crypto';
import { newId } from '@sevenfold/platform/ids';
import { createRegistry, type ChannelPlugin, type SocialPlugin } from '@sevenfold/plugin-sdk';
import { createTestDatabase, type TestDatabase } from '../postgres/index.js';
import type { AsyncResource } from '../util/async-resource.js';

export interface CreatorOptions {
  /** Addresses by channel. */
  addresses?: Record<string, string>;
  name?: string;
  hasApp?: boolean;
  newsletter?: boolean;
}

/** One workspace on a database of its own, for tests of messages. */
export interface MessagingWorld extends AsyncResource {
  database: TestDatabase;
  db: Database;
  system: SystemDatabase;
  clock: FixedClock;
  workspaceId: string;
  scope: Scope;
  /** Runs a use case in the workspace, as its team's engine. */
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Rows past row-level security, for assertions. */
  rows<T extends object>(sql: string, params?: unknown[]): Promise<T[]>;
  addWorkspace(): Promise<string>;
  addCreator(options?: CreatorOptions, workspaceId?: string): Promise<string>;
  addCampaign(options?: { paused?: boolean; name?: string }): Promise<string>;
}

/** Time stands still in it until the test moves it. */
export async function messagingWorld(
  channels: readonly ChannelPlugin[],
  poolSize = 10,
  socials: readonly SocialPlugin[] = [],
): Promise<MessagingWorld> {
  const database = await createTestDatabase({ migrate });
  const clock = fixedClock(new Date('2026-11-23T09:00:00Z'));
  const keyRing = KeyRing.parse(`k1:${Buffer.alloc(32, 7).toString('base64')}`);
  const services = { keyRing, plugins: createRegistry(channels, socials), publicUrl: 'https://sevenfold.test' };
  const orm = await connect(database.appUrl, poolSize);
  const db = new Database(orm, clock, services);
  const system = new SystemDatabase(await connectBeside(orm, database.systemUrl, 6), clock);

  const rows = <T extends object>(sql: string, params: unknown[] = []) =>
    system.transaction((em) => em.execute<T[]>(sql, params));
  const addWorkspace = async () => {
    const id = newId();
    await rows(
      'insert into workspace (id, name, time_zone, locale, currency, subscription, settings, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)',
      [id, 'Agency', 'Europe/Amsterdam', 'en', 'EUR', 'professional', '{}', await clock.now()],
    );
    return id;
  };
  const workspaceId = await addWorkspace();
  const scope: Scope = { workspaceId, actor: { kind: 'system', via: 'setup' } };

  return {
    database,
    db,
    system,
    clock,
    workspaceId,
    scope,
    rows,
    addWorkspace,
    run: (work) => db.inWorkspace(scope, work),
    addCreator: async ({ addresses = {}, name = 'Ada', hasApp = false, newsletter = false } = {}, inWorkspace = workspaceId) => {
      const id = newId();
      const now = await clock.now();
      await rows(
        `insert into creator (id, workspace_id, created_at, name, languages, in_network, newsletter_opt_in, app_signed_in_at, updated_at)
         values (?, ?, ?, ?, '[]', true, ?, ?, ?)`,
        [id, inWorkspace, now, name, newsletter, hasApp ? now : null, now],
      );
      for (const [channel, address] of Object.entries(addresses)) {
        await rows(
          'insert into contact_point (id, workspace_id, created_at, creator_id, channel, address, address_hash) values (?, ?, ?, ?, ?, ?, ?)',
          [newId(), inWorkspace, now, id, channel, address, addressHash(keyRing, channel, address)],
        );
      }
      return id;
    },
    addCampaign: async ({ paused = false, name = 'Spring' } = {}) => {
      const id = newId();
      const now = await clock.now();
      await rows(
        `insert into campaign (id, workspace_id, created_at, updated_at, status, name, details, version, paused_at)
         values (?, ?, ?, ?, 'published', ?, '{}', 0, ?)`,
        [id, workspaceId, now, now, name, paused ? now : null],
      );
      return id;
    },
    [Symbol.asyncDispose]: async () => {
      await db.close();
      await system.close();
      await database.drop();
    },
  };
}
