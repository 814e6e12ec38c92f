import type { ReplyRule } from '@sevenfold/domain/reply-clock';
import { DomainError } from '@sevenfold/domain/errors';
import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import { sealInstagramToken } from './instagram-access.js';
import type { MessagingSettings } from './messaging-settings.js';
import { toWorkspaceView, type Subscription, type WorkspaceRow, type WorkspaceView } from './views.js';
import { Workspace, type WorkspaceSettings } from './workspace.entity.js';

export interface ChangeWorkspaceInput {
  name?: string | undefined;
  /** IANA; the newsletter goes out at 18:00 there. */
  timeZone?: string | undefined;
  locale?: string | undefined;
  currency?: string | undefined;
  subscription?: Subscription | undefined;
  /** The workspace's own Instagram account, for stories; null takes it away. */
  instagramAccountId?: string | null | undefined;
  /** That account's access token; null forgets it. Another account without a token forgets it too. */
  instagramAccessToken?: string | null | undefined;
  /** Where the bot announces; null for the installation's default channel. */
  slackChannelId?: string | null | undefined;
  /** What is named changes, the rest stays. */
  messaging?: Partial<MessagingSettings> | undefined;
  replyRule?: ReplyRule | undefined;
}

/** The workspace one acts in. */
export async function getWorkspace(tx: Tx): Promise<WorkspaceView> {
  const [row] = await tx.em.execute<WorkspaceRow[]>(
    'select id, name, time_zone, locale, currency, subscription, settings, sealed_instagram_token is not null as has_instagram_token, created_at from workspace where id = ?',
    [tx.workspaceId],
  );
  if (!row) throw new DomainError('not_found', { entity: 'workspace' });
  return toWorkspaceView(row);
}

/** Changes what is given and leaves the rest. @throws DomainError `invalid_fields` for a token without an account */
export async function changeWorkspace(tx: Tx, change: ChangeWorkspaceInput): Promise<WorkspaceView> {
  await tx.em.execute('select id from workspace where id = ? for no key update', [tx.workspaceId]);
  const workspace = await tx.em.findOneOrFail(Workspace, { id: tx.workspaceId }, { refresh: true });
  const { instagramAccountId, instagramAccessToken, slackChannelId, messaging, replyRule, ...plain } = change;
  const before = workspace.settings.instagramAccountId;
  for (const key of ['name', 'timeZone', 'locale', 'currency', 'subscription'] as const) {
    if (plain[key] !== undefined) Object.assign(workspace, { [key]: plain[key] });
  }
  workspace.settings = settingsWith(workspace.settings, { instagramAccountId, slackChannelId });
  if (messaging) workspace.settings = { ...workspace.settings, messaging: { ...workspace.settings.messaging, ...messaging } };
  if (replyRule) workspace.settings = { ...workspace.settings, replyRule };
  await setToken(tx, workspace, before, instagramAccessToken);
  audit(tx, { action: 'workspace.changed', entity: 'workspace', entityId: tx.workspaceId, data: { fields: Object.keys(change) } });
  await tx.em.flush();
  return getWorkspace(tx);
}

/** Nothing given keeps the token, but only for the account it was given for. */
async function setToken(tx: Tx, workspace: Workspace, before: string | undefined, token: string | null | undefined): Promise<void> {
  const accountId = workspace.settings.instagramAccountId;
  if (token === undefined && accountId === before) return;
  if (token == null) {
    workspace.sealedInstagramToken = null;
    return;
  }
  if (!accountId) throw new DomainError('invalid_fields', { fields: [{ path: 'instagramAccountId', message: 'Name the account this token is for' }] });
  workspace.sealedInstagramToken = await sealInstagramToken(tx, accountId, token);
}

function settingsWith(
  settings: WorkspaceSettings,
  change: { [Key in 'instagramAccountId' | 'slackChannelId']: string | null | undefined },
): WorkspaceSettings {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined);
  return Object.fromEntries(Object.entries({ ...settings, ...Object.fromEntries(entries) }).filter(([, value]) => value != null));
}
