import { defineEntity, p } from '@mikro-orm/core';
import type { ReplyRule } from '@sevenfold/domain/reply-clock';
import type { MessagingSettings } from './messaging-settings.js';
import { instant } from '../db/columns.js';

export const subscriptions = ['basic', 'professional', 'enterprise'] as const;

export interface WorkspaceSettings {
  /** The workspace's own Instagram account, on which stories of its campaigns are posted. */
  instagramAccountId?: string;
  /** Where the bot announces publish, close and start. */
  slackChannelId?: string;
  messaging?: Partial<MessagingSettings>;
  /** How soon creators are answered; within 24 elapsed hours unless told. */
  replyRule?: ReplyRule;
}

/** One agency: the tenant. */
const WorkspaceSchema = defineEntity({
  name: 'Workspace',
  tableName: 'workspace',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    timeZone: p.text(),
    locale: p.text().default('en'),
    currency: p.text().default('EUR'),
    subscription: p.enum(subscriptions).default('basic'),
    settings: p.json<WorkspaceSettings>(),
    /** The token of the workspace's own Instagram account, sealed by the workspace's data key. Never shown again. */
    sealedInstagramToken: p.blob().nullable(),
    createdAt: instant(),
  },
});
export class Workspace extends WorkspaceSchema.class {}
WorkspaceSchema.setClass(Workspace);
