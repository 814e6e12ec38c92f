import type { Receivers } from '@sevenfold/core/inbox';
import type { PluginRegistry } from '@sevenfold/plugin-sdk';
import type { Checks } from '@sevenfold/platform/health';
import type { Metrics } from '@sevenfold/platform/telemetry';

/** Counts what came in by the doors of channels, kept and acknowledged. */
export function countTaken(metrics: Metrics): (channel: string, events: number) => void {
  const count = metrics.counter('inbound_taken_total', 'Items kept from a port or a mailbox, repeats included, by channel.', ['channel']);
  return (channel, events) => {
    for (let each = 0; each < events; each += 1) count({ channel });
  };
}

/** Whether the doors are open, read when Prometheus asks. */
export function observeReceivers(metrics: Metrics, receivers: Receivers): void {
  metrics.gauge('receiver_up', 'Whether a channel that listens can be reached (1) or not (0).', ['channel'], async () =>
    Object.entries(await receivers.health()).map(([channel, { ok }]) => ({ labels: { channel }, value: ok ? 1 : 0 })),
  );
}

/** How many members' own mailboxes are read; over all workers, as many as are connected. */
export function observeMailboxes(metrics: Metrics, mailboxes: { readonly count: number }): void {
  metrics.gauge('mailboxes_read', 'Members’ own mailboxes this process reads.', [], async () => [{ labels: {}, value: mailboxes.count }]);
}

/** One line of the health page for each channel that may listen. */
export function receiverChecks({ channels }: PluginRegistry, receivers: Receivers): Checks {
  return Object.fromEntries(
    channels.flatMap(({ channel, listen }) =>
      listen === undefined
        ? []
        : [[
            `receiver ${channel}`,
            async () => {
              const state = (await receivers.health())[channel];
              if (state && !state.ok) throw new Error(state.detail ?? 'not listening');
            },
          ]],
    ),
  );
}
