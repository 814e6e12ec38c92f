import { connect, connectBeside, Database, DatabaseOpening } from '@sevenfold/core/db';
import { Relay } from '@sevenfold/core/engine';
import { InboundRetry, Receivers, type ReceiveParts } from '@sevenfold/core/inbox';
import { MailboxReaders } from '@sevenfold/core/mailboxes';
import { onInboundForInvite } from '@sevenfold/core/invites';
import { SystemDatabase } from '@sevenfold/core/system';
import { systemClock } from '@sevenfold/platform/clock';
import type { WorkerConfig } from '@sevenfold/platform/config';
import { pluginChecks, startHealthServer } from '@sevenfold/platform/health';
import type { Logger } from '@sevenfold/platform/logging';
import { createMetrics, startTracing } from '@sevenfold/platform/telemetry';
import { webPushOf } from '@sevenfold/platform/web-push';
import { createPdfRenderer } from '@sevenfold/templating';
import { deliver, isKnown, lazyEngine } from '@sevenfold/workflow-client';
import { ResidentWorker } from '@sevenfold/workflow-client/resident';
import { createActivities } from './activities/index.js';
import { activityTimer } from './engine/observe.js';
import { builtBundle, workerOptions } from './engine/worker-options.js';
import { observePlugins } from './observe/plugins.js';
import { countTaken, observeMailboxes, observeReceivers, receiverChecks } from './observe/receivers.js';
import { observeDelivery, observeQueues } from './observe/relay.js';
import { loadWorkerPlugins } from './plugins.js';
import { WakeWhenForgotten } from './wake-when-forgotten.js';

export interface WorkerProcess {
  /** Settles with the error when the database, away at the start, turns out to be one that must not be used. */
  refused: Promise<Error>;
  /** Drains: nothing new is taken, what is in hand is finished, then every door is closed. */
  stop(): Promise<void>;
}

/**
 * Composes the worker: plugins, activities, the engine's worker, the relay, the health page. Engine and database may be away: it
 * begins when they are there.
 * @throws PluginLoadError, or UnsafeRoleError when the role could see past row-level security
 */
export async function startWorkerProcess(config: WorkerConfig, env: NodeJS.ProcessEnv, logger: Logger): Promise<WorkerProcess> {
  const host = { logger: pluginLogger(logger), clock: systemClock, publicUrl: config.publicUrl };
  const metrics = createMetrics('worker');
  const tracing = await startTracing({ name: 'worker', endpoint: config.tracesEndpoint });
  const plugins = observePlugins(await loadWorkerPlugins([...config.plugins], env, host), metrics);
  const pluginHealth = pluginChecks(plugins);
  const orm = await connect(config.databaseUrl, 20);
  const systemOrm = await connectBeside(orm, config.databaseSystemUrl, 5);
  const push = webPushOf(config);
  const db = new Database(orm, systemClock, { keyRing: config.keyRing, plugins, publicUrl: config.publicUrl, push, mailboxPrivateHosts: config.mailboxPrivateHosts });
  const system = new SystemDatabase(systemOrm, systemClock);
  const database = new DatabaseOpening({ orm, logger, prepare: () => system.ping() });
  const pdf = createPdfRenderer();
  const client = lazyEngine({ address: config.temporalAddress, namespace: config.temporalNamespace });
  const relay = new Relay({
    system, listenUrl: config.databaseSystemUrl, logger,
    deliver: observeDelivery((item) => deliver(client, item), metrics, logger),
  });
  observeQueues(metrics, relay, system);
  const receiving: ReceiveParts = { system, db, logger, onInbound: async (tx, fact) => void (await onInboundForInvite(tx, fact)) };
  const inbound = new InboundRetry(receiving);
  const onTaken = countTaken(metrics);
  const receivers = new Receivers({ ...receiving, leaseUrl: config.databaseSystemUrl, onTaken });
  const mailboxes = new MailboxReaders({ ...receiving, leaseUrl: config.databaseSystemUrl, onTaken });
  observeReceivers(metrics, receivers);
  observeMailboxes(metrics, mailboxes);
  const engine = new ResidentWorker({
    address: config.temporalAddress,
    namespace: config.temporalNamespace,
    logger,
    options: workerOptions({
      activities: createActivities({ db, system, plugins, clock: systemClock, logger, pdf }),
      logger,
      bundle: builtBundle(),
      time: activityTimer(metrics),
    }),
  });
  // The engine's side is made while the database is opened; it takes no work before that.
  engine.prepare();

  const health = await startHealthServer({
    port: config.healthPort,
    metrics: () => metrics.render(),
    vital: ['database', 'engine', 'relay'],
    checks: {
      database: () => database.check(),
      engine: () => engine.check(),
      relay: async () => {
        if (!relay.health().ok) throw new Error('the outbox is not being drained');
      },
      ...pluginHealth,
      ...receiverChecks(plugins, receivers),
    },
  });
  const forgotten = new WakeWhenForgotten({ system, isKnown: () => isKnown(client), logger });
  void database.opened.then(() => {
    forgotten.start();
    relay.start();
    inbound.start();
    receivers.start();
    mailboxes.start();
    engine.start();
  });
  await database.start();
  return {
    refused: database.refused,
    async stop() {
      await database.stop();
      await forgotten.stop();
      await receivers.stop();
      await mailboxes.stop();
      await relay.stop();
      await inbound.stop();
      await engine.stop();
      await health.close();
      await pdf.close();
      push?.close();
      await plugins.close();
      await client.connection.close();
      await db.close();
      await system.close();
      await tracing.stop();
    },
  };
}

/** Plugins speak message first. */
function pluginLogger(logger: Logger) {
  const say = (level: 'debug' | 'info' | 'warn' | 'error') => (message: string, fields: Record<string, unknown> = {}) =>
    logger[level](fields, message);
  return { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };
}
