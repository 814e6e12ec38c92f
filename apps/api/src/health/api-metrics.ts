import { startHealthServer } from '@sevenfold/platform/health';
import { createMetrics } from '@sevenfold/platform/telemetry';
import type { PluginRegistry } from '@sevenfold/plugin-sdk';
import type { RequestTimer } from '../http/observe-requests.js';

export interface ApiMetrics {
  timeRequest: RequestTimer;
  timeCommand: (command: string, outcome: string, seconds: number) => void;
  close(): Promise<void>;
}

/**
 * What the API measures, at /metrics of a port of its own: routes, error rates and outages are no business of whoever may call the API.
 * @param port undefined for no such port
 */
export async function apiMetrics(port: number | undefined, plugins: PluginRegistry): Promise<ApiMetrics> {
  if (port === undefined) return { timeRequest: nothing, timeCommand: nothing, close: async () => undefined };
  const metrics = createMetrics('api');
  const time = metrics.durations('engine_command_duration_seconds', 'How long commands wait for the engine, by command and outcome.', ['command', 'outcome']);
  metrics.gauge('plugin_up', 'Whether a plugin says that it works (1) or not (0).', ['plugin'], async () =>
    Object.entries(await plugins.health()).map(([plugin, { ok }]) => ({ labels: { plugin }, value: ok ? 1 : 0 })),
  );
  const server = await startHealthServer({ port, metrics: () => metrics.render() });
  return {
    timeRequest: metrics.durations('http_request_duration_seconds', 'How long requests take, by method, route and status.', ['method', 'route', 'status']),
    timeCommand: (command, outcome, seconds) => time({ command, outcome }, seconds),
    close: () => server.close(),
  };
}

const nothing = (): void => undefined;
