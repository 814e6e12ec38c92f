import { DomainError } from '@sevenfold/domain/errors';
import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
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
  /** Where the bot announces; null for the installation's default channel. */
  slackChannelId?: string | null | undefined;
}

/** The workspace one acts in. */
export async function getWorkspace(tx: Tx): Promise<WorkspaceView> {
  const [row] = await tx.em.execute<WorkspaceRow[]>(
    'select id, name, time_zone, locale, currency, subscription, settings, created_at from workspace where id = ?',
    [tx.workspaceId],
  );
  if (!row) throw new DomainError('not_found', { entity: 'workspace' });
  return toWorkspaceView(row);
}

/** Changes what is given and leaves the rest. */
export async function changeWorkspace(tx: Tx, change: ChangeWorkspaceInput): Promise<WorkspaceView> {
  await tx.em.execute('select id from workspace where id = ? for no key update', [tx.workspaceId]);
  const workspace = await tx.em.findOneOrFail(Workspace, { id: tx.workspaceId }, { refresh: true });
  const { instagramAccountId, slackChannelId, ...plain } = change;
  for (const key of ['name', 'timeZone', 'locale', 'currency', 'subscription'] as const) {
    if (plain[key] !== undefined) Object.assign(workspace, { [key]: plain[key] });
  }
  workspace.settings = settingsWith(workspace.settings, { instagramAccountId, slackChannelId });
  audit(tx, { action: 'workspace.changed', entity: 'workspace', entityId: tx.workspaceId, data: { fields: Object.keys(change) } });
  await tx.em.flush();
  return getWorkspace(tx);
}

function settingsWith(
  settings: WorkspaceSettings,
  change: { [Key in keyof WorkspaceSettings]: string | null | undefined },
): WorkspaceSettings {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined);
  const merged: Record<string, string | null | undefined> = { ...settings, ...Object.fromEntries(entries) };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value != null));
}
