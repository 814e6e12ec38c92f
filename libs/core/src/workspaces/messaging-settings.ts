import { defaultQuietHours, type QuietHours } from '@sevenfold/domain/quiet-hours';
import type { Tx } from '../db/tx.js';

/** How a workspace wants to reach people. What is absent is as {@link messagingDefaults} says. */
export interface MessagingSettings {
  /** An app message unread for this many hours goes by mail as well; null: it stays in the app. */
  fallThroughHours: number | null;
  /** When channels that disturb are silent, by the creator's clock; null: never. */
  quietHours: QuietHours | null;
  /** Whether a notification on a device shows the beginning of the message; otherwise it only says that there is one. */
  pushShowsText: boolean;
}

export const messagingDefaults: MessagingSettings = { fallThroughHours: 4, quietHours: defaultQuietHours, pushShowsText: false };

/** The settings with everything in them. */
export function wholeMessaging(settings: { messaging?: Partial<MessagingSettings> }): MessagingSettings {
  return { ...messagingDefaults, ...settings.messaging };
}

/** The workspace's own, with its name and time zone. */
export async function messagingSettings(tx: Tx): Promise<MessagingSettings & { workspace: string; timeZone: string }> {
  const [row] = await tx.em.execute<{ name: string; time_zone: string; messaging: Partial<MessagingSettings> | null }[]>(
    `select name, time_zone, settings -> 'messaging' as messaging from workspace where id = ?`,
    [tx.workspaceId],
  );
  if (!row) throw new Error('The workspace of this transaction is not there');
  return { ...wholeMessaging({ ...(row.messaging && { messaging: row.messaging }) }), workspace: row.name, timeZone: row.time_zone };
}
