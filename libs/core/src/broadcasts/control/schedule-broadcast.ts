import { DomainError } from '@sevenfold/domain/errors';
import { audit } from '../../audit/audit.js';
import type { Tx } from '../../db/tx.js';
import { scheduleDue } from '../../engine/due.js';
import { Broadcast } from '../broadcast.entity.js';
import type { Schedule } from '../drafts/draft-schema.js';
import { Workspace } from '../../workspaces/workspace.entity.js';
import { variablesOfTexts } from '../recipients/variables.js';
import { tellFinished } from '../tell-finished.js';
import { changed, lockBroadcast, needStatus } from './lock-broadcast.js';
import { launch } from './send-broadcast.js';

/**
 * Has a message sent at an instant; scheduled again, only the last instant counts. Its recipients are chosen at that instant: who applied or
 * unsubscribed meanwhile counts as they stand then.
 * @throws DomainError `not_found`, `wrong_state`, `invalid_fields` for an instant that is over, and for texts that cannot be read any more
 */
export async function scheduleBroadcast(tx: Tx, broadcastId: string, { at, timeZone }: Schedule): Promise<void> {
  const broadcast = await lockBroadcast(tx, broadcastId);
  needStatus(broadcast, ['draft', 'scheduled']);
  const sendAt = new Date(at);
  if (sendAt <= tx.now) throw new DomainError('invalid_fields', { fields: [{ path: 'at', message: 'Choose an instant in the future' }] });
  if (broadcast.texts) await variablesOfTexts(tx, broadcast.texts);
  const workspace = await tx.em.findOneOrFail(Workspace, { id: tx.workspaceId });
  broadcast.status = 'scheduled';
  broadcast.sendAt = sendAt;
  broadcast.timeZone = timeZone ?? workspace.timeZone;
  broadcast.sentByMemberId = tx.actor.kind === 'member' ? tx.actor.memberId : null;
  // The version makes each schedule a wait of its own; an overtaken one finds that its instant is no longer the row's.
  await scheduleDue(tx, { kind: 'broadcast.send', refId: broadcastId, dedupeKey: `broadcast.send:${broadcastId}:${broadcast.version}`, dueAt: sendAt });
  audit(tx, {
    action: 'broadcast.scheduled', entity: 'broadcast', entityId: broadcastId, campaignId: broadcast.campaignId ?? null,
    data: { at: sendAt.toISOString(), timeZone: broadcast.timeZone ?? null },
  });
  await changed(tx, broadcast);
}

/** Takes the schedule back: it is a draft again. @throws DomainError `not_found`, `wrong_state` */
export async function unscheduleBroadcast(tx: Tx, broadcastId: string): Promise<void> {
  const broadcast = await lockBroadcast(tx, broadcastId);
  needStatus(broadcast, ['scheduled']);
  broadcast.status = 'draft';
  broadcast.sendAt = null;
  audit(tx, { action: 'broadcast.unscheduled', entity: 'broadcast', entityId: broadcastId, campaignId: broadcast.campaignId ?? null });
  await changed(tx, broadcast);
}

/** The instant has come. Late by an outage, it is sent all the same; a pause waits for whoever resumes. */
export async function sendScheduled(tx: Tx, broadcastId: string): Promise<string> {
  const [found] = await tx.em.execute<{ id: string }[]>('select id from broadcast where id = ?', [broadcastId]);
  if (!found) return 'gone';
  const broadcast: Broadcast = await lockBroadcast(tx, broadcastId);
  if (broadcast.status !== 'scheduled' || !broadcast.sendAt || broadcast.sendAt > tx.now) return 'overtaken';
  const recipients = await launch(tx, broadcast);
  if (recipients === 0) await tellFinished(tx, broadcastId);
  return `sent to ${recipients}`;
}
