import { randomBytes } from 'node:crypto';
import { createWebPush } from '@sevenfold/platform/web-push';
import { createRegistry, notSent, type PluginRegistry } from '@sevenfold/plugin-sdk';
import { fakePlugins } from '@sevenfold/testing/factories';
import { fakePushService } from '@sevenfold/testing/fakes';
import { takeSnapshot, type Snapshot } from '@sevenfold/testing/postgres';
import { apiWorld, type ApiWorld } from '../api-world.js';
import { RowEngine } from '../row-engine.js';
import type { Materials } from './example.js';
import { aTenant, type Tenant } from './tenant.js';

/** Two workspaces in which everything exists, and a moment to come back to. */
export interface ProofWorld {
  api: ApiWorld;
  mine: Tenant;
  theirs: Tenant;
  snapshot: Snapshot;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function proofWorld(): Promise<ProofWorld> {
  const service = await fakePushService();
  const push = createWebPush({ privateKey: randomBytes(32), contact: 'mailto:ops@agency.test', anyAddress: true });
  const engine = new RowEngine();
  const api = await apiWorld({ push, plugins: withMailboxes(), change: { engine }, config: { requestsPerMinute: 10_000_000 } });
  engine.db = api.db;
  api.services.mailboxPrivateHosts = ['127.0.0.1'];
  const mine = await aTenant(api, service, 'a');
  const theirs = await aTenant(api, service, 'b');
  const snapshot = await takeSnapshot(api.database.adminUrl);
  return {
    api, mine, theirs, snapshot,
    [Symbol.asyncDispose]: async () => {
      await snapshot[Symbol.asyncDispose]();
      await api[Symbol.asyncDispose]();
      push.close();
      await service.close();
    },
  };
}

/** The usual plugins in memory, and a mail channel by which members write from their own mailboxes. */
function withMailboxes(): PluginRegistry {
  const mailboxes = { ratePerSecond: 1, check: async () => ({ ok: true as const, cursor: null }), send: async () => notSent('none'), read: async () => undefined };
  const { channels, socials } = fakePlugins();
  const replyAddress = { mailbox: 'r@in.agency.test', style: 'plus' } as const;
  return createRegistry(channels.map((each) => (each.channel === 'email' ? { ...each, traits: { ...each.traits, replyAddress }, mailboxes } : each)), socials);
}

/** Examples that name this workspace's objects. @param asCreator as its creator may name them @param own instead of others' */
export function materialsOf({ ids, creatorIds }: Tenant, asCreator = false, own: Record<string, string> = {}): Materials {
  return {
    future: '2026-12-01T09:00:00Z',
    idOf: (kind) => {
      const id = own[kind] ?? (asCreator ? creatorIds[kind] : undefined) ?? ids[kind];
      if (id === undefined || id === '') throw new Error(`No ${kind} in the fixture (tenant.ts): make one there, so that every route is proven`);
      return id;
    },
  };
}
