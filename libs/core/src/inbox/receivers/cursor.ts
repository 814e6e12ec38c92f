import type { ReceiverCursor } from '@sevenfold/plugin-sdk';
import { z } from 'zod';
import type { SystemDatabase } from '../../system/system-database.js';

const stored = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** How far a receiver has come, kept for whoever goes on. */
export function cursorOf(system: SystemDatabase, channel: string, name: string) {
  return {
    get: (): Promise<ReceiverCursor | undefined> =>
      system.transaction(async (em) => {
        const [row] = await em.execute<{ value: unknown }[]>('select value from receiver_cursor where channel = ? and name = ?', [channel, name]);
        return row && stored.parse(row.value);
      }),
    set: (value: ReceiverCursor): Promise<void> =>
      system.transaction(async (em, now) => {
        await em.execute(
          `insert into receiver_cursor (channel, name, value, updated_at) values (?, ?, ?::jsonb, ?)
           on conflict (channel, name) do update set value = excluded.value, updated_at = excluded.updated_at`,
          [channel, name, JSON.stringify(value), now],
        );
      }),
  };
}
