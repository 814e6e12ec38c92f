import { picture } from '../cast/picture.ts';
import { collaborationOf } from '../reading/collaborations.ts';
import { readMessages, recipients } from '../reading/messages.ts';
import type { Stage } from '../stage.ts';
import { dayMs } from '../telling/days.ts';
import { eventually } from '../telling/eventually.ts';

interface Result {
  id: string;
  creator: { name: string };
  figures: Record<string, { value: number; source: { kind: string } }>;
  missing: { metric: string; why: string }[];
}

/** The group, and nobody else, uploads posts with their figures; what is missing is asked for. */
export async function results(stage: Stage): Promise<void> {
  const { voice, checks, creator, campaignId, team: { mia } } = stage;
  const ada = await collaborationOf(stage, 'Ada');
  const screenshot: { id: string } = await creator('Ada').api.upload('/v1/creator/files', picture(360, 640), 'image/png');
  await creator('Ada').api.post(`/v1/creator/collaborations/${ada.id}/results`, {
    platform: 'instagram', postUrl: 'https://www.instagram.com/p/Dtea0000001/', figures: { views: 18_240, likes: 1_310, saves: 204 },
    screenshotFileId: screenshot.id,
  });
  voice.say('Ada uploads her post with all three figures and a screenshot.');
  const kim = await collaborationOf(stage, 'Kim');
  await creator('Kim').api.post(`/v1/creator/collaborations/${kim.id}/results`, {
    platform: 'instagram', postUrl: 'https://www.instagram.com/p/Dtea0000002/', figures: { views: 9_020, likes: 655 },
    postedAt: new Date(Date.now() - 0.8 * dayMs).toISOString(),
  });
  voice.say('Kim uploads hers of this morning, and leaves out how often it was saved, which is due a day after posting.');
  await checks.refused(
    creator('Mila').api.post(`/v1/creator/collaborations/${ada.id}/results`, { platform: 'instagram', postUrl: 'https://www.instagram.com/p/Dtea0000003/' }),
    'not_found', () => 'Mila is not in the group: for her there is no such collaboration',
  );
  const all: { data: Result[] } = await mia.api.get(`/v1/campaigns/${campaignId}/results`);
  const lines = all.data.map(({ creator: { name }, figures, missing }) =>
    `${name}: ${Object.entries(figures).map(([metric, { value, source }]) => `${value} ${metric} (${source.kind})`).join(', ')}${missing.length > 0 ? `; missing ${missing.map(({ metric }) => metric).join(', ')}` : ''}`);
  for (const line of lines) voice.say(line);
  checks.that(all.data.length === 2 && all.data.some(({ missing }) => missing.length === 1), 'each figure shows its source; one is missing', all.data);
  const asked = recipients(stage, await eventually(() => readMessages(stage, 'results-request'), (found) => found.length > 0));
  checks.that(asked.join() === 'Kim', 'Kim alone is asked for it, with why and how to find it', asked);
}
