import { thread } from '../doing/as-creator.ts';
import { hasLeft, recipients, settledMessages } from '../reading/messages.ts';
import type { Stage } from '../stage.ts';
import { group } from './how-it-ends.ts';

/** One message to the group, into each one's own thread. */
export async function groupMessage(stage: Stage): Promise<void> {
  const { voice, checks, creator, campaignId, team: { mia } } = stage;
  voice.say('Mia writes to the whole group: “Your tea leaves tomorrow. Post whenever the light is right.”');
  const sent: { recipients: number } = await mia.api.post(`/v1/campaigns/${campaignId}/group-message`, {
    subject: 'Your tea is on its way', text: 'Your tea leaves tomorrow. Post whenever the light is right.',
  });
  checks.that(sent.recipients === group.length, `it goes to ${sent.recipients} threads`, sent);
  const got = recipients(stage, (await settledMessages(stage, 'group', group.length)).filter(hasLeft));
  checks.that(got.length === group.length, 'each reads it in their own thread and sees nobody else', got);
  const own = (await thread(creator('Noor')))[0];
  checks.that(own?.text.includes('Post whenever') === true && !group.some((first) => first !== 'Noor' && own.text.includes(first)), 'Noor’s names nobody of the others', own);
}
