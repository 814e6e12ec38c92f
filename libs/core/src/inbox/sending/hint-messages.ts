import type { DeliveryStatus } from '@sevenfold/domain/delivery';
import type { Tx } from '../../db/tx.js';
import { hint } from '../../live/hint.js';
import type { MessageRow } from './rows.js';

/**
 * Messages whose state is another one now. Of a broadcast's thousands the broadcast speaks for the team; only who has the app open
 * hears of their own.
 */
export async function hintMessages(
  tx: Tx,
  messages: readonly { message: MessageRow; status: DeliveryStatus; channel: string | null }[],
): Promise<void> {
  const changed = messages.filter(({ message, status }) => message.status !== status);
  const isApp = (channel: string | null): boolean => channel !== null && tx.services.plugins.channel(channel)?.traits.needsAppSession === true;
  const told = changed.filter(({ message, channel }) => message.broadcastId === null || isApp(channel));
  for (const { message: { id, creatorId, campaignId, broadcastId } } of told) {
    await hint(tx, { entity: 'message', id, creatorId, campaignId }, { quiet: broadcastId !== null });
  }
}
