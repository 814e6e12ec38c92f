import type { SendOutcome, SocialPlugin } from '@sevenfold/plugin-sdk';
import { fakeSocial } from '@sevenfold/testing/fakes';
import type { Scenario } from '../harness.js';

/** An Instagram whose posting ends as told. */
export function instagram(publishStory: () => Promise<SendOutcome>): SocialPlugin {
  return { ...fakeSocial('instagram'), publishStory, findStory: async () => ({ state: 'absent' }) };
}

/** Gives the workspace an account to post on. */
export async function connectInstagram({ system, workspaceId }: Scenario): Promise<void> {
  await system.transaction((em) => em.execute(`update workspace set settings = '{"instagramAccountId":"a1"}' where id = ?`, [workspaceId]));
}
