import { DomainError, type Json } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import type { Services, Tx } from '../db/tx.js';

export interface ProfileInput {
  /** Needed for a bare username; a URL names its platform itself. */
  platform?: string | undefined;
  /** A profile's URL, `@name` or username. */
  profile: string;
  followers?: number | null | undefined;
}

interface Profile {
  platform: string;
  username: string;
  url: string;
  followers: number | null;
}

/**
 * Brings profiles into the one form their platform's plugin knows them by.
 * @throws DomainError `invalid_fields` naming every one that no plugin takes
 */
export function normaliseProfiles({ plugins }: Services, inputs: readonly ProfileInput[]): Profile[] {
  const fields: Json[] = [];
  const profiles = inputs.flatMap(({ platform, profile, followers }, index) => {
    const refuse = (field: string, message: string) => {
      fields.push({ path: `profiles.${index}.${field}`, message });
      return [];
    };
    const known = plugins.socials.map((plugin) => plugin.platform).join(', ');
    if (platform !== undefined && !plugins.social(platform)) return refuse('platform', `There is no such platform; there are: ${known}`);
    const isUrl = /[/.]/.test(profile) && !profile.startsWith('@');
    if (platform === undefined && !isUrl) return refuse('platform', 'A username needs its platform');
    const candidates = platform === undefined ? plugins.socials : [plugins.social(platform)];
    const results = candidates.flatMap((plugin) => (plugin ? [plugin.normaliseProfile(profile)] : []));
    const found = results.find((result) => result.ok);
    if (found?.ok) return [{ platform: found.platform, username: found.username, url: found.url, followers: followers ?? null }];
    const [first] = results;
    return refuse('profile', first && !first.ok ? first.reason : `No platform knows this; there are: ${known}`);
  });
  if (fields.length > 0) throw new DomainError('invalid_fields', { fields });
  return [...new Map(profiles.map((profile) => [`${profile.platform} ${profile.username}`, profile])).values()];
}

/**
 * Makes these the creator's profiles; one that stays keeps its id.
 * @throws DomainError `conflict` with the creatorId when a profile belongs to another creator of the workspace
 */
export async function setProfiles(tx: Tx, creatorId: string, inputs: readonly ProfileInput[]): Promise<void> {
  const wanted = normaliseProfiles(tx.services, inputs);
  await tx.em.flush();
  await tx.em.execute(
    `delete from creator_profile where creator_id = ?
        and (platform || ' ' || username) <> all (select jsonb_array_elements_text(?::jsonb))`,
    [creatorId, JSON.stringify(wanted.map((profile) => `${profile.platform} ${profile.username}`))],
  );
  for (const profile of wanted) await setProfile(tx, creatorId, profile);
}

async function setProfile(tx: Tx, creatorId: string, { platform, username, url, followers }: Profile): Promise<void> {
  const [row] = await tx.em.execute<{ id: string }[]>(
    `insert into creator_profile as s (id, workspace_id, created_at, creator_id, platform, username, url, followers)
     values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (workspace_id, platform, username) do update
        set url = excluded.url, followers = coalesce(excluded.followers, s.followers)
      where s.creator_id = excluded.creator_id
     returning id`,
    [newId(), tx.workspaceId, tx.now, creatorId, platform, username, url, followers],
  );
  if (row) return;
  const [other] = await tx.em.execute<{ creator_id: string }[]>('select creator_id from creator_profile where platform = ? and username = ?', [
    platform, username,
  ]);
  throw new DomainError('conflict', { reason: 'profile_taken', creatorId: other?.creator_id ?? null }, 'This profile belongs to a creator you have already');
}
