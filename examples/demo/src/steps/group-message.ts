import { thread } from '../doing/as-creator.ts';
import type { Stage } from '../stage.ts';
import { eventually } from '../telling/eventually.ts';
import { group } from './how-it-ends.ts';

/** One message to the group, into each one's own thread. */
export async function groupMessage(stage: Stage): Promise<void> {
  const { voice, checks, creator, campaignId, team: { mia } } = stage;
  voice.say('Mia writes to the whole group: “Your tea leaves tomorrow. Post whenever the light is right.”');
  const sent: { recipients: number } = await mia.api.post(`/v1/campaigns/${campaignId}/group-message`, {
    subject: 'Your tea is on its way', text: 'Your tea leaves tomorrow. Post whenever the light is right.',
  });
  checks.that(sent.recipients === group.length, `it goes to ${sent.recipients} threads`, sent);
  const got = await eventually(async () => {
    const threads = await Promise.all(group.map((first) => thread(creator(first))));
    return threads.filter((messages) => messages.some(({ kind }) => kind === 'group')).length;
  }, (count) => count === group.length);
  checks.that(got === group.length, 'each reads it in their own thread and sees nobody else', got);
}
