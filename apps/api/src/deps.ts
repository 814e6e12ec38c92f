import type { Database, DatabaseOpening } from '@sevenfold/core/db';
import type { SystemDatabase } from '@sevenfold/core/system';
import type { Clock } from '@sevenfold/platform/clock';
import type { ApiConfig } from '@sevenfold/platform/config';
import type { KeyRing } from '@sevenfold/platform/crypto';
import type { Checks } from '@sevenfold/platform/health';
import type { Logger } from '@sevenfold/platform/logging';
import type { PluginRegistry } from '@sevenfold/plugin-sdk';
import type { EngineClient } from '@sevenfold/workflow-client';
import type { RequestTimer } from './http/observe-requests.js';
import type { LiveTimes } from './live/live-hub.js';

/** What of the configuration the HTTP side reads. */
export type HttpConfig = Pick<
  ApiConfig,
  'publicUrl' | 'maxBodyBytes' | 'maxFileBytes' | 'requestsPerMinute' | 'trustedProxies' | 'slackServiceCredential'
>;

/** Everything the API is made of; nothing in it is taken from the process. */
export interface ApiDeps {
  config: HttpConfig;
  db: Database;
  /** Whether the database may be used already, and why not; without it, it may. */
  database?: Pick<DatabaseOpening, 'isOpen' | 'check'>;
  system: SystemDatabase;
  engine: EngineClient;
  plugins: PluginRegistry;
  /** Of the plugins, where they were asked already. */
  pluginChecks?: Checks;
  keyRing: KeyRing;
  clock: Clock;
  logger: Logger;
  /** Connection of the role system, on which this process hears that there is something new; without it, it looks every second. */
  listenUrl?: string;
  /** How often live updates do what; for tests. */
  liveTimes?: Partial<LiveTimes>;
  /** Measures requests, where somebody wants to know. */
  timeRequest?: RequestTimer;
}

/** Tokens of what has no class of its own to be injected by: `@Inject(PLUGINS) plugins: PluginRegistry`. */
export const CONFIG = Symbol('HttpConfig');
export const PLUGINS = Symbol('PluginRegistry');
export const CLOCK = Symbol('Clock');
export const LOGGER = Symbol('Logger');
/** A check of the database, for readiness. */
export const DATABASE_CHECK = Symbol('DatabaseCheck');
/** The checks of the plugins, for readiness. */
export const PLUGIN_CHECKS = Symbol('PluginChecks');
