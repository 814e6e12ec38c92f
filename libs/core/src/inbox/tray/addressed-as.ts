import type { Tx } from '../../db/tx.js';

/** The one form an address is kept in, or null for what is none. */
export function addressedAs(tx: Tx, { channel, address }: { channel: string; address: string }): string | null {
  const result = tx.services.plugins.channel(channel)?.normalise(address);
  return result?.ok === true ? result.address : null;
}
