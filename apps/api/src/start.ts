import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, connectBeside, Database, DatabaseOpening } from '@sevenfold/core/db';
import { SystemDatabase } from '@sevenfold/core/system';
import { ensureFirstWorkspace } from '@sevenfold/core/workspaces';
import { systemClock } from '@sevenfold/platform/clock';
import type { ApiConfig } from '@sevenfold/platform/config';
import { pluginChecks } from '@sevenfold/platform/health';
import type { Logger } from '@sevenfold/platform/logging';
import { startTracing } from '@sevenfold/platform/telemetry';
import { webPushOf } from '@sevenfold/platform/web-push';
import { EngineClient, lazyEngine } from '@sevenfold/workflow-client';
import { createApi } from './create-api.js';
import { apiMetrics } from './health/api-metrics.js';
import { pluginLogger } from './http/plugin-logger.js';
import { loadApiPlugins } from './plugins.js';

export interface RunningApi {
  port: number;
  /** Settles with the error when the database, away at the start, turns out to be one that must not be used. */
  refused: Promise<Error>;
  /** Drains: nothing new is taken, what is in hand is answered, then every door is closed. */
  stop(): Promise<void>;
}

/**
 * Composes the API and listens. Engine and database may be away: /readyz says so, and until the database was there once
 * everything else is answered by `unavailable`.
 * @throws PluginLoadError, or UnsafeRoleError when the role could see past row-level security
 */
export async function startApi(config: ApiConfig, env: NodeJS.ProcessEnv, logger: Logger): Promise<RunningApi> {
  // Closed in the reverse order: when a later step fails, and when the API is stopped.
  await using opening = new AsyncDisposableStack();
  const { keyRing, publicUrl } = config;
  const clock = systemClock;
  opening.adopt(await startTracing({ name: 'api', endpoint: config.tracesEndpoint }), (each) => each.stop());
  const host = { logger: pluginLogger(logger), clock, publicUrl };
  const plugins = opening.adopt(await loadApiPlugins(config.plugins, env, host), (each) => each.close());
  // Asked now, answered while the rest is put together.
  const checks = pluginChecks(plugins);
  const orm = opening.adopt(await connect(config.databaseUrl, 20), (each) => each.close());
  const push = webPushOf(config);
  if (push) opening.adopt(push, (each) => each.close());
  const services = { keyRing, plugins, publicUrl, push, mailboxPrivateHosts: config.mailboxPrivateHosts };
  const db = new Database(orm, clock, services);
  const system = new SystemDatabase(opening.adopt(await connectBeside(orm, config.databaseSystemUrl, 5), (each) => each.close()), clock);
  const database = new DatabaseOpening({
    orm, logger,
    prepare: async () => {
      await system.ping();
      if (config.bootstrapToken !== undefined) await ensureFirstWorkspace(system, services, config.bootstrapToken);
    },
  });
  opening.defer(() => database.stop());
  const address = { address: config.temporalAddress, namespace: config.temporalNamespace };
  const metrics = opening.adopt(await apiMetrics(config.metricsPort, plugins), (each) => each.close());
  const engine = opening.adopt(new EngineClient(lazyEngine(address), config.engineDeadlineMs, metrics.timeCommand), (each) => each.close());
  const deps = { config, database, db, system, engine, plugins, pluginChecks: checks, keyRing, clock, logger, timeRequest: metrics.timeRequest, listenUrl: config.databaseSystemUrl };
  const app = opening.adopt(await createApi(deps), (each) => each.close());
  await app.listen(config.port, config.host);
  await database.start();
  const open = opening.move();
  return { port: portOf(app.getHttpServer()), refused: database.refused, stop: () => open.disposeAsync() };
}

function portOf(server: Server): number {
  // Listening on TCP, so the address is one with a port.
  return (server.address() as AddressInfo).port;
}
