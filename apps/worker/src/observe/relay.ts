import { dueLag, type Relay, type RelayItem } from '@sevenfold/core/engine';
import type { SystemDatabase } from '@sevenfold/core/system';
import { withLogFields, type Logger } from '@sevenfold/platform/logging';
import { inSpan, withTraceparent, type Metrics } from '@sevenfold/platform/telemetry';

type Deliver = (item: RelayItem) => Promise<void>;

/** Counts what the relay brings to the engine, and goes on in the trace of the fact an item tells of. */
export function observeDelivery(deliver: Deliver, metrics: Metrics, logger: Logger): Deliver {
  const count = metrics.counter('relay_items_total', 'Items of the outbox brought to the engine, by kind and outcome.', ['kind', 'outcome']);
  return (item) => {
    const { trace, ...ids } = item.payload;
    const fields = { item: item.id, kind: item.kind, workspaceId: item.workspaceId, ...ids };
    return withTraceparent(typeof trace === 'string' ? trace : undefined, () =>
      withLogFields(fields, () =>
        inSpan(`relay ${item.kind}`, {}, async () => {
          try {
            await deliver(item);
            count({ kind: item.kind, outcome: 'delivered' });
            logger.debug('brought to the engine');
          } catch (error) {
            count({ kind: item.kind, outcome: 'failed' });
            throw error;
          }
        }),
      ),
    );
  };
}

/** What waits in the two queues, read when Prometheus asks. */
export function observeQueues(metrics: Metrics, relay: Relay, system: SystemDatabase): void {
  metrics.gauge('outbox_waiting', 'Items of the outbox not yet brought to the engine.', [], async () => [{ labels: {}, value: (await relay.lag()).waiting }]);
  metrics.gauge('outbox_oldest_seconds', 'How long the oldest of them has waited: alert on it.', [], async () => [{ labels: {}, value: (await relay.lag()).oldestMs / 1000 }]);
  metrics.gauge('relay_ok', 'Whether this process looked at the outbox lately (1) or not (0).', [], async () => [{ labels: {}, value: relay.health().ok ? 1 : 0 }]);
  metrics.gauge('due_overdue', 'Small waits that are over and not handled.', [], async () => [{ labels: {}, value: (await dueLag(system)).overdue }]);
  metrics.gauge('due_oldest_seconds', 'How long the oldest of them is over: alert on it.', [], async () => [{ labels: {}, value: (await dueLag(system)).oldestMs / 1000 }]);
}
