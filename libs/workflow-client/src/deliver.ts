import type { Client } from '@temporalio/client';
import { workflowIds, workflowTypes } from '@sevenfold/workflows';
import { nudge, startOnce, wake } from './starts.js';

/** An outbox item as the relay hands it over. */
export interface EngineItem {
  workspaceId: string;
  kind: string;
  payload: Record<string, unknown>;
}

/**
 * Brings one outbox item to the engine. Repeats and disorder are harmless: starts happen once per row, everything
 * else means "look again".
 * @throws Error when the engine is away (the relay tries again) or the kind is unknown
 */
export async function deliver(client: Client, item: EngineItem): Promise<void> {
  const { workspaceId } = item;
  const id = (name: string): string => {
    const value = item.payload[name];
    if (typeof value !== 'string') throw new Error(`Outbox item ${item.kind} lacks ${name}`);
    return value;
  };
  switch (item.kind) {
    case 'campaign.changed':
      return nudge(client, workflowIds.campaign({ workspaceId, campaignId: id('campaignId') }));
    // These three start what the engine has forgotten; what runs looks again.
    case 'campaign.wake': {
      const ref = { workspaceId, campaignId: id('campaignId') };
      return wake(client, workflowTypes.campaign, workflowIds.campaign(ref), [ref]);
    }
    case 'agreement.wake': {
      const ref = { workspaceId, agreementId: id('agreementId') };
      return wake(client, workflowTypes.agreement, workflowIds.agreement(ref), [ref]);
    }
    case 'broadcast.wake': {
      const ref = { workspaceId, broadcastId: id('broadcastId') };
      return wake(client, workflowTypes.broadcast, workflowIds.broadcast(ref), [ref]);
    }
    case 'agreement.sent': {
      const ref = { workspaceId, agreementId: id('agreementId') };
      return startOnce(client, workflowTypes.agreement, workflowIds.agreement(ref), ref);
    }
    case 'agreement.changed':
      return nudge(client, workflowIds.agreement({ workspaceId, agreementId: id('agreementId') }));
    case 'message.queued': {
      const ref = { workspaceId, messageId: id('messageId') };
      return startOnce(client, workflowTypes.message, workflowIds.message(ref), ref);
    }
    case 'message.changed': {
      // Its workflow may have ended long before the bounce came that makes it look again; its rows guard against repeats.
      const ref = { workspaceId, messageId: id('messageId') };
      return wake(client, workflowTypes.message, workflowIds.message(ref), [ref]);
    }
    case 'broadcast.queued': {
      const ref = { workspaceId, broadcastId: id('broadcastId') };
      return startOnce(client, workflowTypes.broadcast, workflowIds.broadcast(ref), ref);
    }
    case 'broadcast.changed':
      return nudge(client, workflowIds.broadcast({ workspaceId, broadcastId: id('broadcastId') }));
    case 'story.requested': {
      const ref = { workspaceId, campaignId: id('campaignId') };
      return startOnce(client, workflowTypes.story, workflowIds.story(ref), ref);
    }
    case 'story.changed':
      return nudge(client, workflowIds.story({ workspaceId, campaignId: id('campaignId') }));
    case 'digest.changed':
      return wake(client, workflowTypes.periodic, workflowIds.periodic({ workspaceId }), [{ workspaceId }]);
    case 'due.changed':
      return wake(client, workflowTypes.sweeper, workflowIds.sweeper(), []);
    case 'notice.created': {
      const ref = { workspaceId, noticeId: id('noticeId') };
      return startOnce(client, workflowTypes.notice, workflowIds.notice(ref), ref);
    }
    default:
      throw new Error(`Nobody knows the outbox kind ${item.kind}`);
  }
}
