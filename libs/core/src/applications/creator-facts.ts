import type { CreatorFacts } from '@sevenfold/domain/applications';
import { DomainError } from '@sevenfold/domain/errors';
import { CreatorProfile } from '../creators/creator-profile.entity.js';
import { Creator } from '../creators/creator.entity.js';
import type { Tx } from '../db/tx.js';

export interface KnownCreator {
  creator: Creator;
  profiles: CreatorProfile[];
}

/** A creator with their profiles. @throws DomainError `not_found` */
export async function loadCreator(tx: Tx, creatorId: string): Promise<KnownCreator> {
  const creator = await tx.em.findOne(Creator, { id: creatorId, erasedAt: null });
  if (!creator) throw new DomainError('not_found', { entity: 'creator' });
  const profiles = await tx.em.find(CreatorProfile, { creatorId }, { orderBy: { platform: 'asc', username: 'asc' } });
  return { creator, profiles };
}

/** The values requirements are held against. */
export function factsOf({ creator, profiles }: KnownCreator): CreatorFacts {
  return {
    profiles: profiles.map(({ platform, followers }) => ({ platform, followers: followers ?? null })),
    country: creator.country ?? null,
    birthDate: creator.birthDate ?? null,
    languages: creator.languages,
  };
}
