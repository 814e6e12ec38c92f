import type { ChannelPlugin, InboundEvent, InboundMessage, InboundStatus } from '@sevenfold/plugin-sdk';
import type { Database } from '../../db/database.js';
import type { Scope } from '../../db/tx.js';
import type { OnInbound } from '../../inbox/inbound/add-inbound.js';
import { applyStatus } from '../../inbox/inbound/apply-status.js';
import { confirmDelivery } from '../../inbox/inbound/confirm-delivery.js';
import { enterMessage } from '../../inbox/inbound/enter-message.js';
import { splitEvent } from '../../inbox/inbound/stored-event.js';
import { creatorOf } from './whose-mail.js';

export interface Taking {
  db: Database;
  scope: Scope;
  plugin: ChannelPlugin;
  mailbox: { id: string; address: string };
  onInbound?: OnInbound | undefined;
}

/**
 * Enters what came to a member's own mailbox. There is no tray in between: what is nobody's here is kept nowhere, and nothing in it
 * reaches another workspace, whatever its server makes up. Entered once, also when it came to the workspace's own address besides.
 */
export async function takeMail(taking: Taking, events: readonly InboundEvent[]): Promise<void> {
  for (const event of events) {
    if (event.kind === 'message') await message(taking, event);
    else if (event.kind === 'status') await status(taking, event);
  }
}

async function message({ db, scope, plugin, mailbox, onInbound }: Taking, event: InboundMessage): Promise<void> {
  const { channel } = plugin;
  const from = plugin.normalise(event.from);
  const messageId = await db.inWorkspace(scope, async (tx) => {
    const creatorId = await creatorOf(tx, { channel, address: mailbox.address }, event, from.ok ? from.address : event.from);
    return creatorId === undefined ? null : enterMessage(tx, plugin, { creatorId, event: readable(event), files: splitEvent(event).parts }, onInbound);
  });
  // Apart, because it locks another message, and the thread is locked by now.
  if (messageId !== null) await db.inWorkspace(scope, (tx) => confirmDelivery(tx, channel, messageId, event));
}

/** What could not be read whole says so in the thread; all of it is in the mailbox. */
function readable(event: InboundMessage): InboundMessage {
  if (event.problem === undefined) return event;
  const why = event.problem === 'too_large' ? 'This mail is too large to be kept here' : 'This mail could not be read here';
  return { ...event, text: `[${why}. It is in the mailbox it came to.]\n\n${event.text}`.trim() };
}

/** Only on what left by this very mailbox. */
async function status({ db, scope, plugin: { channel }, mailbox }: Taking, event: InboundStatus): Promise<void> {
  await db.inWorkspace(scope, async (tx) => {
    const [delivery] = await tx.em.execute<{ message_id: string }[]>('select message_id from delivery where id = ? and channel = ? and mailbox_id = ?', [
      event.messageId ?? null, channel, mailbox.id,
    ]);
    if (delivery && event.messageId !== undefined) await applyStatus(tx, event.messageId, delivery.message_id, event);
  });
}
