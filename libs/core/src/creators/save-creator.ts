import { DomainError } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import { nowReachable } from '../inbox/reach/now-reachable.js';
import { setContactPoints } from './contact-points.js';
import { Creator } from './creator.entity.js';
import { getCreator } from './list-creators.js';
import { setProfiles, type ProfileInput } from './profiles.js';
import type { ContactPointView, CreatorView } from './views.js';

export interface ChangeCreatorInput {
  name?: string | undefined;
  /** ISO 3166-1 alpha-2. */
  country?: string | null | undefined;
  /** YYYY-MM-DD. */
  birthDate?: string | null | undefined;
  /** ISO 639-1. */
  languages?: string[] | undefined;
  timeZone?: string | null | undefined;
  locale?: string | null | undefined;
  inNetwork?: boolean | undefined;
  newsletterOptIn?: boolean | undefined;
  /** Signed in to the app (true), or removed it (false). */
  hasApp?: boolean | undefined;
  /** All addresses they shall have; what is not named is taken away. */
  contactPoints?: ContactPointView[] | undefined;
  /** All profiles they shall have. */
  profiles?: ProfileInput[] | undefined;
}
export type CreateCreatorInput = ChangeCreatorInput & { name: string };

/** @throws DomainError `invalid_fields` for addresses and profiles no plugin takes, `conflict` when a profile is somebody else's */
export async function createCreator(tx: Tx, input: CreateCreatorInput): Promise<CreatorView> {
  const creator = tx.em.create(Creator, {
    id: newId(), workspaceId: tx.workspaceId, createdAt: tx.now, updatedAt: tx.now, name: input.name, languages: [],
    inNetwork: true, newsletterOptIn: false,
  });
  tx.em.persist(creator);
  await apply(tx, creator, input);
  audit(tx, { action: 'creator.created', entity: 'creator', entityId: creator.id });
  await tx.em.flush();
  return getCreator(tx, creator.id);
}

/**
 * Changes what is given and leaves the rest.
 * @throws DomainError `not_found`, `conflict`, `invalid_fields`, also for the newsletter of one who ended it themselves
 */
export async function changeCreator(tx: Tx, creatorId: string, input: ChangeCreatorInput): Promise<CreatorView> {
  const [row] = await tx.em.execute<{ id: string }[]>('select id from creator where id = ? and erased_at is null for no key update', [creatorId]);
  if (!row) throw new DomainError('not_found', { entity: 'creator' });
  const creator = await tx.em.findOneOrFail(Creator, { id: creatorId }, { refresh: true });
  if (input.newsletterOptIn && creator.newsletterRefusedAt) {
    throw new DomainError('invalid_fields', { fields: [{ path: 'newsletterOptIn', message: 'They ended the newsletter themselves, and only they can ask for it again' }] });
  }
  await apply(tx, creator, input);
  // Which fields, not what they hold: the audit log outlives an erased creator.
  audit(tx, { action: 'creator.changed', entity: 'creator', entityId: creatorId, data: { fields: Object.keys(input) } });
  await tx.em.flush();
  return getCreator(tx, creatorId);
}

const plainFields = ['name', 'country', 'birthDate', 'languages', 'timeZone', 'locale', 'inNetwork', 'newsletterOptIn'] as const;

async function apply(tx: Tx, creator: Creator, input: ChangeCreatorInput): Promise<void> {
  for (const key of plainFields) {
    if (input[key] !== undefined) Object.assign(creator, { [key]: input[key] });
  }
  if (input.hasApp !== undefined) noteApp(tx, creator, input.hasApp);
  creator.updatedAt = tx.now;
  if (input.contactPoints) await setContactPoints(tx, creator.id, input.contactPoints);
  if (input.hasApp) await nowReachable(tx, creator.id);
  if (input.profiles) await setProfiles(tx, creator.id, input.profiles);
}

function noteApp(tx: Tx, creator: Creator, hasApp: boolean): void {
  if (hasApp) {
    creator.appSignedInAt = tx.now;
    creator.appRemovedAt = null;
  } else {
    creator.appRemovedAt = tx.now;
  }
}
