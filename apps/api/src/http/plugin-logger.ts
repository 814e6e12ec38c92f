import type { Logger } from '@sevenfold/platform/logging';
import type { PluginLogger } from '@sevenfold/plugin-sdk';

/** Plugins speak message first. */
export function pluginLogger(logger: Logger): PluginLogger {
  const say = (level: 'debug' | 'info' | 'warn' | 'error') => (message: string, fields: Record<string, unknown> = {}) =>
    logger[level](fields, message);
  return { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };
}
