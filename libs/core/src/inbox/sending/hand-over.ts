import { unknown, type ChannelPlugin, type SendOutcome } from '@sevenfold/plugin-sdk';
import type { Attempt } from './attempt.js';

/** A plugin that never answers must not hold its row and connection for ever. Less than the engine waits for us, in ms. */
const patienceMs = 100_000;

/** At shutdown an attempt under way gets this long to end by itself: cut off, it would only be `unknown`. */
const graceMs = 5_000;

/**
 * One attempt by the channel's plugin, in real time.
 * A plugin that breaks its word and throws may have sent: `unknown`.
 * @param shutdown aborted when the process is about to end
 */
export async function handOver(plugin: ChannelPlugin, attempt: Attempt, shutdown?: AbortSignal): Promise<SendOutcome> {
  const controller = new AbortController(); // one per attempt: plugins tell attempts apart by it
  const giveUp = (): void => controller.abort();
  const timers = [setTimeout(giveUp, patienceMs)];
  const onShutdown = (): void => {
    timers.push(setTimeout(giveUp, graceMs));
  };
  if (shutdown?.aborted) onShutdown();
  else shutdown?.addEventListener('abort', onShutdown, { once: true });
  try {
    return await plugin.send(attempt.outbound, { signal: controller.signal, deadline: attempt.deadline });
  } catch {
    return unknown('the channel broke off without an answer');
  } finally {
    for (const timer of timers) clearTimeout(timer);
    shutdown?.removeEventListener('abort', onShutdown);
  }
}
