import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { assertSafeRole, connect, Database } from '@sevenfold/core/db';
import { SystemDatabase } from '@sevenfold/core/system';
import { ensureFirstWorkspace } from '@sevenfold/core/workspaces';
import { systemClock } from '@sevenfold/platform/clock';
import type { ApiConfig } from '@sevenfold/platform/config';
import type { Logger } from '@sevenfold/platform/logging';
import { EngineClient, lazyEngine } from '@sevenfold/workflow-client';
import { createApi } from './create-api.js';
import { pluginLogger } from './http/plugin-logger.js';
import { loadApiPlugins } from './plugins.js';

export interface RunningApi {
  port: number;
  /** Drains: nothing new is taken, what is in hand is answered, then every door is closed. */
  stop(): Promise<void>;
}

/**
 * Composes the API and listens. The engine may be away; the database may not.
 * @throws PluginLoadError, or an Error when the database is away or its role could see past row-level security
 */
export async function startApi(config: ApiConfig, env: NodeJS.ProcessEnv, logger: Logger): Promise<RunningApi> {
  const { keyRing, publicUrl } = config;
  const clock = systemClock;
  const plugins = await loadApiPlugins(config.plugins, env, { logger: pluginLogger(logger), clock, publicUrl });
  const orm = await connect(config.databaseUrl, 20);
  await assertSafeRole(orm);
  const services = { keyRing, plugins, publicUrl };
  const db = new Database(orm, clock, services);
  const system = new SystemDatabase(await connect(config.databaseSystemUrl, 5), clock);
  if (config.bootstrapToken !== undefined) await ensureFirstWorkspace(system, services, config.bootstrapToken);
  const engine = new EngineClient(
    lazyEngine({ address: config.temporalAddress, namespace: config.temporalNamespace }),
    config.engineDeadlineMs,
  );
  const app = await createApi({ config, db, system, engine, plugins, keyRing, clock, logger });
  await app.listen(config.port, config.host);
  return {
    port: portOf(app.getHttpServer()),
    async stop() {
      await app.close();
      await plugins.close();
      await engine.close();
      await db.close();
      await system.close();
    },
  };
}

function portOf(server: Server): number {
  // Listening on TCP, so the address is one with a port.
  return (server.address() as AddressInfo).port;
}
