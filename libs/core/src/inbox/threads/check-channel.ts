import { DomainError } from '@sevenfold/domain/errors';
import type { Tx } from '../../db/tx.js';

/** What is wrong with a channel's id that nobody knows, with those there are. */
export const noSuchChannel = ({ services: { plugins } }: Tx) => ({
  path: 'channel',
  message: `There is no such channel; there are: ${plugins.channels.map((each) => each.channel).join(', ')}`,
});

/**
 * Threads are found by a channel that is configured, and by one that no longer is while any thread has a message of it.
 * @throws DomainError `invalid_fields`: an empty list would look as if nobody had written
 */
export async function checkChannel(tx: Tx, channel: string | undefined): Promise<void> {
  if (channel === undefined || tx.services.plugins.channel(channel)) return;
  const used = await tx.em.execute<object[]>('select 1 from thread_facet where facet = ? limit 1', [`channel:${channel}`]);
  if (used.length === 0) throw new DomainError('invalid_fields', { fields: [noSuchChannel(tx)] });
}
