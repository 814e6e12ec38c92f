import type { SendContext } from '../channel/message.js';
import type { PluginHost } from '../host.js';
import { type NotSentOutcome, notSent } from '../outcome.js';

/** The check every channel makes right before the hand-over: aborted or too late means `not_sent`. */
export async function pastDeadline(context: SendContext, host: PluginHost): Promise<NotSentOutcome | undefined> {
  if (context.signal.aborted) return notSent('aborted before sending');
  const now = await host.clock.now();
  return now.getTime() > context.deadline.getTime() ? notSent('deadline passed') : undefined;
}
