/** Which row a workflow is about. Ids only: nothing of a person travels in a history. */
export interface WorkspaceRef {
  workspaceId: string;
}
export interface CampaignRef extends WorkspaceRef {
  campaignId: string;
}
export interface AgreementRef extends WorkspaceRef {
  agreementId: string;
}
export interface MessageRef extends WorkspaceRef {
  messageId: string;
}
export interface BroadcastRef extends WorkspaceRef {
  broadcastId: string;
}
export interface NoticeRef extends WorkspaceRef {
  noticeId: string;
}

/** The workflow's own time, in ms since the epoch, handed to every activity: a row is never judged by an earlier clock. */
export interface At {
  at: number;
}
