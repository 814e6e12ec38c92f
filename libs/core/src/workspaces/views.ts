import { defaultReplyRule, type ReplyRule } from '@sevenfold/domain/reply-clock';
import { iso } from '../db/instants.js';
import { wholeMessaging, type MessagingSettings } from './messaging-settings.js';
import type { subscriptions, WorkspaceSettings } from './workspace.entity.js';

export type Subscription = (typeof subscriptions)[number];

/** A workspace with its settings. */
export interface WorkspaceView {
  id: string;
  name: string;
  timeZone: string;
  locale: string;
  currency: string;
  subscription: Subscription;
  instagramAccountId: string | null;
  /** Whether the account's own token is kept; the token itself is never shown. */
  hasInstagramToken: boolean;
  slackChannelId: string | null;
  messaging: MessagingSettings;
  replyRule: ReplyRule;
  createdAt: string;
}

export interface WorkspaceRow {
  id: string;
  name: string;
  time_zone: string;
  locale: string;
  currency: string;
  subscription: Subscription;
  settings: WorkspaceSettings;
  has_instagram_token: boolean;
  created_at: string;
}

export function toWorkspaceView(row: WorkspaceRow): WorkspaceView {
  return {
    id: row.id,
    name: row.name,
    timeZone: row.time_zone,
    locale: row.locale,
    currency: row.currency,
    subscription: row.subscription,
    instagramAccountId: row.settings.instagramAccountId ?? null,
    hasInstagramToken: row.has_instagram_token,
    slackChannelId: row.settings.slackChannelId ?? null,
    messaging: wholeMessaging(row.settings),
    replyRule: row.settings.replyRule ?? defaultReplyRule,
    createdAt: iso(row.created_at),
  };
}

export interface ClientView {
  id: string;
  name: string;
  createdAt: string;
  archivedAt: string | null;
}

export interface ClientRow {
  id: string;
  name: string;
  created_at: string;
  archived_at: string | null;
}

export function toClientView(row: ClientRow): ClientView {
  return { id: row.id, name: row.name, createdAt: iso(row.created_at), archivedAt: iso(row.archived_at) };
}
