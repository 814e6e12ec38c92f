import './quiet.js';
import type { Client } from '@temporalio/client';
import { type NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { findCommand, requestCommand } from '@sevenfold/core/campaigns';
import { connect, Database, migrate, type Tx } from '@sevenfold/core/db';
import { Relay, type RelayItem } from '@sevenfold/core/engine';
import { SystemDatabase } from '@sevenfold/core/system';
import { createWorkspace, type CreateWorkspaceInput } from '@sevenfold/core/workspaces';
import type { Actor } from '@sevenfold/domain/actors';
import type { LifecycleCommand } from '@sevenfold/domain/campaigns';
import type { Json, Outcome } from '@sevenfold/domain/errors';
import type { Clock } from '@sevenfold/platform/clock';
import { KeyRing, newDataKey } from '@sevenfold/platform/crypto';
import { newId } from '@sevenfold/platform/ids';
import { createLogger } from '@sevenfold/platform/logging';
import { createRegistry, type ChannelPlugin, type SocialPlugin } from '@sevenfold/plugin-sdk';
import type { PdfRenderer } from '@sevenfold/templating';
import { createTestDatabase } from '@sevenfold/testing/postgres';
import { deliver, EngineClient } from '@sevenfold/workflow-client';
import { slackQueue } from '@sevenfold/workflows';
import { createActivities, type Activities } from '../src/activities/index.js';
import { workerOptions } from '../src/engine/worker-options.js';
import { fakePdf, recordingChannel } from './fakes.js';

export interface RigOptions {
  workspace?: Partial<CreateWorkspaceInput>;
  channels?: ChannelPlugin[];
  socials?: SocialPlugin[];
  pdf?: PdfRenderer;
  /** Stands in for the Slack bot; writes down unless told. */
  announce?: (noticeId: string) => Promise<void>;
  /** Puts something in the way of the activities. */
  around?: (activities: Activities) => Activities;
}

/** Which engine to work on, and what time it is there. */
export interface RigEngine {
  client: Client;
  connection: NativeConnection;
  namespace: string;
  clock: Clock;
}

/** The product around an engine: a real Postgres, the relay, and workers with the real activities, started as often as wanted. */
export interface Rig extends AsyncDisposable {
  db: Database;
  system: SystemDatabase;
  workspaceId: string;
  /** The first owner. */
  owner: Actor;
  client: Client;
  engine: EngineClient;
  relay: Relay;
  /** Notices the Slack bot was asked to post. */
  announced: string[];
  /** Runs `work` as `actor` (the owner unless told) in the workspace. */
  as<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Stores and sends a lifecycle command as the API does, and tells its outcome. */
  command(campaignId: string, name: LifecycleCommand, options?: { input?: Json; actor?: Actor; id?: string }): Promise<Outcome<Json>>;
  /**
   * Starts a worker with these workflows. Two at once need a connection each, as two processes have.
   * @returns how to end it, after what it has in hand
   */
  work(bundle: WorkflowBundleOption, options?: { remembers?: boolean; connection?: NativeConnection }): Promise<() => Promise<void>>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function buildRig({ client, connection, namespace, clock }: RigEngine, options: RigOptions = {}): Promise<Rig> {
  const stack = new AsyncDisposableStack();
  const urls = stack.use(await createTestDatabase({ migrate }));
  const logger = createLogger({ level: process.env['TEST_LOG'] === 'warn' ? 'warn' : 'fatal', name: 'scenario' });
  const plugins = createRegistry(
    options.channels ?? [recordingChannel('in-app', { needsAppSession: true }), recordingChannel('email'), recordingChannel('sms', { newsletter: false })],
    options.socials ?? [],
  );
  const keyRing = KeyRing.parse(`test:${newDataKey().toString('base64')}`);
  const services = { keyRing, plugins, publicUrl: 'http://127.0.0.1:3000' };
  const db = new Database(await connect(urls.appUrl, 10), clock, services);
  const system = new SystemDatabase(await connect(urls.systemUrl, 5), clock);
  stack.defer(() => db.close());
  stack.defer(() => system.close());

  const { workspaceId, ownerId } = await system.transaction((em, now) =>
    createWorkspace(
      { em, now, services },
      {
        name: 'Agency', timeZone: 'Europe/Amsterdam', subscription: 'professional',
        owner: { name: 'Olga Owner', email: 'olga@agency.test' }, ...options.workspace,
      },
    ),
  );
  const owner: Actor = { kind: 'member', memberId: ownerId, role: 'owner', via: 'api' };
  const as: Rig['as'] = (actor, work) => db.inWorkspace({ workspaceId, actor }, work);

  const run = (worker: Worker): (() => Promise<void>) => {
    const running = worker.run();
    return async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
    };
  };
  const made = createActivities({ db, system, plugins, clock, logger, pdf: options.pdf ?? fakePdf });
  const activities = options.around?.(made) ?? made;
  const work: Rig['work'] = async (bundle, { remembers = true, ...own } = {}) => {
    const settings = { ...workerOptions({ activities, logger, bundle }), ...(remembers ? {} : { maxCachedWorkflows: 0 }) };
    const stop = run(await Worker.create({ ...settings, connection, namespace, ...own }));
    stack.defer(stop);
    return stop;
  };
  const announced: string[] = [];
  const announce = options.announce ?? (async (noticeId: string) => void announced.push(noticeId));
  const announceNotice = ({ noticeId }: { noticeId: string }): Promise<void> => announce(noticeId);
  stack.defer(run(await Worker.create({ connection, namespace, taskQueue: slackQueue, activities: { announceNotice } })));

  const engine = new EngineClient(client);
  return {
    db, system, workspaceId, owner, client, engine, announced, as, work,
    relay: new Relay({ system, listenUrl: urls.systemUrl, deliver: (item: RelayItem) => deliver(client, item), logger }),
    async command(campaignId, name, { input = {}, actor = owner, id = newId() } = {}) {
      await as(actor, (tx) => requestCommand(tx, { id, name, campaignId, input }));
      await engine.command({ workspaceId, campaignId, name, commandId: id });
      const done = await as(actor, (tx) => findCommand(tx, id));
      if (!done?.result) throw new Error('The command left no outcome');
      return done.result;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
