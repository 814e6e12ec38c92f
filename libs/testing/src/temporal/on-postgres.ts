import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import { createPlainDatabase } from '../postgres/index.js';
import { freePort, startChild, until, type Child } from '../util/index.js';
import type { RunningTemporal } from './server.js';
import { temporalCli, temporalServer } from './tools.js';

export interface StartOnPostgresOptions {
  /** A superuser of the Postgres server that keeps everything; its databases `temporal` and `temporal_visibility` are made. */
  adminUrl: string;
  /** For the server's configuration and output. */
  folder: string;
}

const databases = { temporal: 'temporal', visibility: 'temporal_visibility' } as const;

/**
 * Starts a Temporal server on Postgres, as in production: all of its services in one process, tables from its own
 * schema, a namespace `default` that keeps histories for thirty days.
 * @throws Error when it does not come up within two minutes
 */
export async function startTemporalOnPostgres({ adminUrl, folder }: StartOnPostgresOptions): Promise<RunningTemporal> {
  const tools = await temporalServer();
  const ports = { frontend: await freePort(), matching: await freePort(), history: await freePort(), worker: await freePort() };
  const members = { frontend: await freePort(), matching: await freePort(), history: await freePort(), worker: await freePort() };
  const address = `127.0.0.1:${ports.frontend}`;
  for (const [schema, database] of Object.entries(databases)) await makeTables(tools, adminUrl, schema, database);
  await mkdir(folder, { recursive: true });
  // JSON is YAML as well.
  await writeFile(join(folder, 'sevenfold.yaml'), JSON.stringify(configuration(adminUrl, ports, members)), { mode: 0o600 });
  const launch = async (): Promise<Child> => {
    const args = ['--root', folder, '--config', '.', '--env', 'sevenfold', '--allow-no-auth', 'start'];
    const child = await startChild({ command: join(tools, 'server'), args, cwd: folder, logFile: join(folder, 'server.log') });
    await ready(address, child);
    return child;
  };
  let child = await launch();
  const stop = (): Promise<void> => child.stop();
  return {
    address,
    namespace: 'default',
    get pid() {
      return child.pid;
    },
    get exited() {
      return child.exited;
    },
    kill: async () => {
      child.signal('SIGKILL');
      await child.exited;
    },
    restart: async () => {
      await stop();
      child = await launch();
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function makeTables(tools: string, adminUrl: string, schema: string, database: string): Promise<void> {
  await createPlainDatabase(adminUrl, database);
  const { hostname, port, username, password } = new URL(adminUrl);
  const login = ['--plugin', 'postgres12', '--ep', hostname, '-p', port, '-u', username, '--pw', decodeURIComponent(password), '--db', database];
  const sql = (...args: string[]) => promisify(execFile)(join(tools, 'sql'), [...login, ...args]);
  await sql('setup-schema', '-v', '0.0');
  await sql('update-schema', '-d', join(tools, 'schema', schema, 'versioned'));
}

type Services = Record<'frontend' | 'matching' | 'history' | 'worker', number>;

function configuration(adminUrl: string, ports: Services, members: Services): object {
  const { host, username, password } = new URL(adminUrl);
  const store = (databaseName: string, maxConns: number) => ({
    sql: {
      pluginName: 'postgres12', databaseName, connectAddr: host, connectProtocol: 'tcp', user: username, password: decodeURIComponent(password),
      maxConns, maxIdleConns: maxConns, maxConnLifetime: '1h',
    },
  });
  const services = (Object.keys(ports) as (keyof Services)[]).map((name) => [
    name, { rpc: { grpcPort: ports[name], membershipPort: members[name], bindOnLocalHost: true } },
  ]);
  return {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'main', visibilityStore: 'visibility', numHistoryShards: 4,
      datastores: { main: store(databases.temporal, 20), visibility: store(databases.visibility, 5) },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: Object.fromEntries(services),
    clusterMetadata: {
      enableGlobalNamespace: false, failoverVersionIncrement: 10, masterClusterName: 'active', currentClusterName: 'active',
      clusterInformation: { active: { enabled: true, initialFailoverVersion: 1, rpcName: 'frontend', rpcAddress: `127.0.0.1:${ports.frontend}` } },
    },
    dcRedirectionPolicy: { policy: 'noop' },
  };
}

/** Until its namespace is there; made at the first start. It comes into force some seconds after it was made. */
async function ready(address: string, child: Child): Promise<void> {
  let gone = false;
  void child.exited.then(() => (gone = true));
  await until(async () => gone || (await hasNamespace(address)), { timeoutMs: 120_000, everyMs: 500, what: `the Temporal server on ${address}` });
  if (gone) throw new Error(`the Temporal server on ${address} ended at once`);
}

async function hasNamespace(address: string): Promise<boolean> {
  const connection = await Connection.connect({ address, connectTimeout: 2_000 });
  try {
    const { workflowService } = connection;
    const known = await workflowService.describeNamespace({ namespace: 'default' }).then(() => true, () => false);
    if (!known) {
      const args = ['operator', 'namespace', 'create', '--namespace', 'default', '--retention', '30d', '--address', address];
      await promisify(execFile)(await temporalCli(), args);
      return false;
    }
    // What starts workflows knows a new namespace only after it has read the list of them again.
    await workflowService.getWorkflowExecutionHistory({ namespace: 'default', execution: { workflowId: 'none' } }).catch((error: unknown) => {
      if (!String(error).includes('not found')) throw error;
      if (String(error).toLowerCase().includes('namespace')) throw error;
    });
    return true;
  } finally {
    await connection.close();
  }
}
