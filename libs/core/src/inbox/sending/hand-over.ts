import { notSent, unknown, type ChannelPlugin, type SendOutcome } from '@sevenfold/plugin-sdk';
import type { Attempt } from './attempt.js';
import type { Pass } from './gate.js';

/** A plugin that never answers must not hold its row and connection for ever. Less than the engine waits for us, in ms. */
const patienceMs = 100_000;

/** At shutdown an attempt under way gets this long to end by itself: cut off, it would only be `unknown`. */
const graceMs = 5_000;

export interface HandOverOptions {
  /** Aborted when the process is about to end. */
  shutdown?: AbortSignal | undefined;
  /** The right to send it, left behind when it has ended. */
  pass?: Pass | undefined;
}

/**
 * One attempt by the channel's plugin, in real time.
 * A plugin that breaks its word and throws may have sent: `unknown`.
 */
export async function handOver(plugin: Pick<ChannelPlugin, 'send'>, attempt: Attempt, { shutdown, pass }: HandOverOptions = {}): Promise<SendOutcome> {
  if (pass && !pass.begin()) {
    pass.giveBack();
    return notSent('its turn was over', 0);
  }
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
    pass?.leave();
    for (const timer of timers) clearTimeout(timer);
    shutdown?.removeEventListener('abort', onShutdown);
  }
}
