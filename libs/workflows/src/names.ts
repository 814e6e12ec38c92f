import type { LifecycleCommand } from '@sevenfold/domain/campaigns';
import type { ErrorCode } from '@sevenfold/domain/errors';
import type { AgreementRef, BroadcastRef, CampaignRef, MessageRef, NoticeRef, WorkspaceRef } from './refs.js';

/** A lifecycle command is an Update of the same name; it carries the id of the stored command and nothing else. */
export interface CommandInput {
  commandId: string;
}
/** How it ended. What there is to tell about it may name people, so that stays in the command's row. */
export type CommandAnswer = { ok: true } | { ok: false; code: ErrorCode };
export type CommandUpdateName = LifecycleCommand;

/** "Look again": the row has changed. Repeats and disorder are harmless. */
export const nudgeSignal = 'nudge';

export const workflowTypes = {
  campaign: 'campaignWorkflow',
  agreement: 'agreementWorkflow',
  message: 'messageWorkflow',
  broadcast: 'broadcastWorkflow',
  story: 'storyWorkflow',
  periodic: 'periodicWorkflow',
  sweeper: 'sweeperWorkflow',
  notice: 'noticeWorkflow',
} as const;

/** One place builds ids: the same row always has the same workflow. */
export const workflowIds = {
  campaign: (ref: CampaignRef) => `campaign/${ref.campaignId}`,
  agreement: (ref: AgreementRef) => `agreement/${ref.agreementId}`,
  message: (ref: MessageRef) => `message/${ref.messageId}`,
  broadcast: (ref: BroadcastRef) => `broadcast/${ref.broadcastId}`,
  story: (ref: CampaignRef) => `story/${ref.campaignId}`,
  periodic: (ref: WorkspaceRef) => `periodic/${ref.workspaceId}`,
  sweeper: () => 'sweeper',
  notice: (ref: NoticeRef) => `notice/${ref.noticeId}`,
};
