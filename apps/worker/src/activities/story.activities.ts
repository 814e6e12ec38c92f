import { postStory } from '@sevenfold/core/story';
import type { StoryActivities } from '@sevenfold/workflows';
import { engineScope, type ActivityDeps } from './deps.js';

/** One attempt at a campaign's story. The claim in the row, and a look at the account, keep it from being posted twice. */
export function storyActivities({ db, pdf }: ActivityDeps): StoryActivities {
  return {
    postStory: ({ workspaceId, campaignId, lastTry }) => postStory(db, pdf, { scope: engineScope(workspaceId), campaignId, lastTry }),
  };
}
