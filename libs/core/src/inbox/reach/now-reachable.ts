import type { Tx } from '../../db/tx.js';
import { answerMissingAddress } from '../../notices/answer-missing-address.js';
import { sendWaiting } from './send-waiting.js';

/** A creator has got an address, or the app: nobody need look for one any more, and what waited for it goes. */
export async function nowReachable(tx: Tx, creatorId: string): Promise<void> {
  await answerMissingAddress(tx, creatorId);
  await sendWaiting(tx, creatorId);
}
