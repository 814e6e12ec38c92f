import { randomUUID } from 'node:crypto';
import { picture } from '../cast/picture.ts';
import { readCampaign } from '../reading/campaign.ts';
import { actionIs, waitForEntry } from '../reading/timeline.ts';
import type { Stage } from '../stage.ts';
import { chapterOf } from './chapter.ts';
import { draft } from './draft.ts';
import { newsletter } from './newsletter.ts';

/** Publishing, the story, and at 18:00 the newsletter. */
export async function day1(stage: Stage): Promise<void> {
  await incompleteDraft(stage);
  await publish(stage);
  await story(stage);
  await newsletter(stage);
}

async function incompleteDraft(stage: Stage): Promise<void> {
  const { voice, checks, team: { mia } } = stage;
  const { id }: { id: string } = await mia.api.post('/v1/campaigns', { name: 'Winter Tea Moments', scheduleId: stage.scheduleId });
  stage.campaignId = id;
  voice.say('Mia has opened a draft with nothing but a name, and presses publish to see what happens.');
  await checks.refused(mia.api.post(`/v1/campaigns/${id}/publish`), 'campaign_incomplete', ({ fields }) =>
    `missing ${(fields as { path: string }[]).map(({ path }) => path).join(', ')}`);
  const { missing } = await readCampaign(stage);
  checks.that(missing.length === 7, 'the draft itself names the same seven fields', missing);
}

async function publish(stage: Stage): Promise<void> {
  const { voice, checks, team: { mia } } = stage;
  const image: { id: string } = await mia.api.upload('/v1/files', picture(), 'image/png');
  await mia.api.patch(`/v1/campaigns/${stage.campaignId}`, draft(stage, image.id));
  voice.say('She fills in client, brief, dates, zone, requirements and a contact, and marks one image for the story.');
  const key = randomUUID();
  await mia.api.post(`/v1/campaigns/${stage.campaignId}/publish`, {}, key);
  const campaign = await readCampaign(stage);
  stage.days.begin(campaign.publishedAt ?? '');
  chapterOf(stage, 1, 'publish, story, newsletter');
  voice.say('Mia publishes. The campaign is on the marketplace and creators can apply.');
  checks.that(campaign.status === 'published', 'the campaign is published', campaign.status);
  const again: { publishedAt: string } = await mia.api.post(`/v1/campaigns/${stage.campaignId}/publish`, {}, key);
  checks.that(again.publishedAt === campaign.publishedAt, 'the same press once more, with the same Idempotency-Key, publishes nothing twice');
  checks.that(stage.days.label(Date.parse(campaign.closesAt ?? '')) === 'day 7 09:00', 'it will close by itself on day 7 at 09:00');
}

async function story(stage: Stage): Promise<void> {
  const posted = await waitForEntry(stage, ({ action }) => action === 'story.posted' || action === 'story.failed', 12_000);
  stage.voice.say('Five minutes after publication a story went out on the workspace’s own Instagram account.');
  stage.checks.that(posted !== undefined && actionIs('story.posted')(posted), 'the timeline says so: story posted', posted ?? 'no entry');
}
