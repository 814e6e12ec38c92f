import { DomainError } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import { CreatorProfile } from '../creators/creator-profile.entity.js';
import type { Tx } from '../db/tx.js';
import type { KnownCreator } from './creator-facts.js';
import type { AboutCreator } from './schemas.js';

/**
 * Takes over what the creator says about themselves where it was unknown. Known values stay: a requirement is not met
 * by typing another country.
 * @throws DomainError `invalid_fields` for a profile that is none, or that is somebody else's here
 */
export async function fillUnknown(tx: Tx, known: KnownCreator, about: AboutCreator): Promise<void> {
  const { creator } = known;
  if (about.birthDate !== undefined && about.birthDate > tx.now.toISOString().slice(0, 10)) {
    throw invalid('about.birthDate', 'Lies in the future');
  }
  if (!creator.country && about.country) creator.country = about.country;
  if (!creator.birthDate && about.birthDate) creator.birthDate = about.birthDate;
  if (creator.languages.length === 0 && about.languages) creator.languages = [...new Set(about.languages)];
  creator.updatedAt = tx.now;
  for (const [index, each] of (about.profiles ?? []).entries()) await fillProfile(tx, known, each, `about.profiles.${index}`);
}

type AboutProfile = NonNullable<AboutCreator['profiles']>[number];

async function fillProfile(tx: Tx, known: KnownCreator, about: AboutProfile, path: string): Promise<void> {
  const { platform, username, url } = normalise(tx, about, path);
  const mine = known.profiles.find((each) => each.platform === platform && each.username === username);
  if (mine) {
    mine.followers ??= about.followers ?? null;
    return;
  }
  await tx.em.flush();
  const id = newId();
  const inserted = await tx.em.execute<{ id: string }[]>(
    `insert into creator_profile (id, workspace_id, created_at, creator_id, platform, username, url, followers)
     values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (workspace_id, platform, username) do nothing returning id`,
    [id, tx.workspaceId, tx.now, known.creator.id, platform, username, url, about.followers ?? null],
  );
  if (inserted.length === 0) throw invalid(`${path}.profile`, 'This profile is known here under another name; ask the team');
  known.profiles.push(await tx.em.findOneOrFail(CreatorProfile, { id }));
}

/** By the platform's plugin; without one, whatever looks like a username. */
function normalise(tx: Tx, about: AboutProfile, path: string): { platform: string; username: string; url: string } {
  const plugin = tx.services.plugins.social(about.platform);
  if (plugin) {
    const found = plugin.normaliseProfile(about.profile);
    if (!found.ok) throw invalid(`${path}.profile`, found.reason);
    return found;
  }
  const username = about.profile.replace(/^@/, '').toLowerCase();
  if (!/^[\p{L}\p{N}._-]{1,100}$/u.test(username)) throw invalid(`${path}.profile`, 'Give the username on this platform');
  return { platform: about.platform, username, url: '' };
}

function invalid(path: string, message: string): DomainError {
  return new DomainError('invalid_fields', { fields: [{ path, message }] });
}
