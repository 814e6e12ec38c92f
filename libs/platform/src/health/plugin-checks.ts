import type { Checks } from './run-checks.js';
import { sharedCheck } from './shared-check.js';

interface Plugin {
  health(): Promise<{ ok: boolean; detail?: string | undefined }>;
}

export interface CheckedPlugins {
  channels: readonly (Plugin & { channel: string })[];
  socials: readonly (Plugin & { platform: string })[];
}

/** How long a plugin's good answer is good, in ms: providers need not hear of every probe. */
const goodForMs = 2_000;

/**
 * One check for each plugin. All are asked for the first time at once, so that what a provider takes its time for (a mail server greets
 * after a tenth of a second, to catch those who don't wait) happens while the process is still being put together.
 */
export function pluginChecks({ channels, socials }: CheckedPlugins): Checks {
  const named = [...channels.map((plugin) => [plugin.channel, plugin] as const), ...socials.map((plugin) => [plugin.platform, plugin] as const)];
  return Object.fromEntries(
    named.map(([name, plugin]) => {
      const check = sharedCheck(async () => {
        const { ok, detail } = await plugin.health();
        if (!ok) throw new Error(detail ?? 'does not work');
      }, goodForMs);
      // Whoever asks for readiness hears of a failure: a bad answer is never kept.
      check().catch(() => undefined);
      return [`plugin ${name}`, check];
    }),
  );
}
