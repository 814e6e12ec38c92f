import type { CampaignStatus } from '@sevenfold/domain/campaigns';
import type { AgreementStatus } from '@sevenfold/domain/agreements';
import type { MilestoneAction } from '@sevenfold/domain/schedule';
import type { CommandAnswer } from './names.js';
import type { AgreementRef, At, BroadcastRef, CampaignRef, MessageRef, NoticeRef, WorkspaceRef } from './refs.js';

/** A milestone still ahead. `dueAt` is ms since the epoch; time zones were settled before it came here. */
export interface PendingMilestone {
  key: string;
  action: MilestoneAction;
  dueAt: number;
}

/** What the campaign's workflow knows of its row. Of two pictures the one with the higher version counts. */
export interface CampaignSnapshot {
  version: number;
  status: CampaignStatus;
  paused: boolean;
  /** Pending only, earliest first. */
  milestones: PendingMilestone[];
}

export interface CommandOutcome {
  outcome: CommandAnswer;
  campaign: CampaignSnapshot;
}

export interface CampaignActivities {
  loadCampaign(ref: CampaignRef): Promise<CampaignSnapshot>;
  /** One transaction: the change, its memory in `command`, its audit. A repeat is answered from there. */
  runCommand(input: CampaignRef & At & { commandId: string }): Promise<CommandOutcome>;
  /** Does, drops or joins one milestone, guarded by its row. */
  runMilestone(input: CampaignRef & At & { key: string }): Promise<CampaignSnapshot>;
}

export interface AgreementSnapshot {
  status: AgreementStatus;
  /** While the campaign is paused the window stands still. */
  paused: boolean;
  /** PDF stored and the creator told. */
  prepared: boolean;
  reminded: boolean;
  remindAt: number;
  expiresAt: number;
}

export interface AgreementActivities {
  loadAgreement(ref: AgreementRef): Promise<AgreementSnapshot>;
  /** Makes the PDF once, stores it, queues the message with the personal link once. */
  prepareAgreement(input: AgreementRef & At): Promise<AgreementSnapshot>;
  remindAgreement(input: AgreementRef & At): Promise<AgreementSnapshot>;
  expireAgreement(input: AgreementRef & At): Promise<AgreementSnapshot>;
}

/** Done, or come again after a while. */
export type Attempt = { done: true } | { done: false; retryAfterMs: number };

export interface SendingActivities {
  sendMessage(input: MessageRef & At): Promise<Attempt>;
}

export interface BroadcastActivities {
  /**
   * Sends up to one batch. Heartbeats; the delivery rows are the only checkpoint. Batches of different lanes (0 unless told) run
   * side by side; `lanes` says how many have something to do.
   */
  sendBatch(input: BroadcastRef & At & { lane?: number }): Promise<Attempt & { sent: number; lanes?: number }>;
}

/** `held`: the campaign is paused, which uses up no attempt. */
export type StoryAttempt = { done: true } | { done: false; retryAfterMs: number; held?: boolean };

export interface StoryActivities {
  /** One attempt; `lastTry` tells the team when it fails. */
  postStory(input: CampaignRef & At & { lastTry: boolean }): Promise<StoryAttempt>;
}

export interface PeriodicActivities {
  /** The next digest of the workspace, null when no campaign waits for one. */
  nextDigest(ref: WorkspaceRef): Promise<{ digestId: string; dueAt: number } | null>;
  runDigest(input: WorkspaceRef & At & { digestId: string }): Promise<void>;
}

export interface SweepActivities {
  /** Handles what is due in one batch. `nextDueAt` is null when nothing waits; equal to or before `at` when more is due now. */
  sweepDue(input: At): Promise<{ handled: number; nextDueAt: number | null }>;
}

/** Runs on the task queue `slack`, in the bot's own process. */
export interface SlackActivities {
  announceNotice(input: NoticeRef): Promise<void>;
}
