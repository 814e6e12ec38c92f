import { DomainError } from '@sevenfold/domain/errors';
import type { Tx } from '../db/tx.js';
import { Story } from './story.entity.js';

/** Takes the story's row lock, then loads it as it is now. @throws DomainError `not_found` */
export async function lockStory(tx: Tx, storyId: string): Promise<Story> {
  await tx.em.execute('select id from story where id = ? for no key update', [storyId]);
  const story = await tx.em.findOne(Story, { id: storyId }, { refresh: true });
  if (!story) throw new DomainError('not_found', { entity: 'story' });
  return story;
}
