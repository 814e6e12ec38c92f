/** Structured logging handed to plugins: message first, fields second. Never log addresses, texts or secrets. */
export interface PluginLogger {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** Business time. It may run faster than the machine's clock (demo, tests): use it for instants, never for timeouts. */
export interface PluginClock {
  now(): Promise<Date>;
}

/** What the product lends to a plugin; a plugin takes nothing else from the process it runs in. */
export interface PluginHost {
  readonly logger: PluginLogger;
  readonly clock: PluginClock;
  /** Where the outside world reaches the API, without a trailing slash: webhook URLs and signatures are built on it. */
  readonly publicUrl: string;
}
