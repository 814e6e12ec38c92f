import type { CampaignStage } from '../../../src/product/index.js';
import { listOf } from '../../../src/product/index.js';
import { until } from '../../../src/util/index.js';
import { asked, pressed } from './pressed.js';

/** How far ahead a milestone is put, in ms: so near that nobody waits, so far that it is a timer that fires and no command that runs it. */
const aheadMs = 1_500;

/** What still lies ahead of the campaign comes due by itself, one milestone after the other, the close as the last. */
export async function everythingComesDue(stage: CampaignStage): Promise<void> {
  for (const key of await pending(stage)) {
    await pressed((press) => putNear(stage, key, press));
    await until(async () => !(await pending(stage)).includes(key), { timeoutMs: 300_000, everyMs: 300, what: `the milestone ${key} to be over` });
  }
}

/** A moment that was past when the command was carried out is refused, and has changed nothing: another one, then. */
async function putNear(stage: CampaignStage, key: string, press: string) {
  for (let attempt = 1; ; attempt += 1) {
    const at = new Date(Date.now() + aheadMs * attempt).toISOString();
    const answer = await stage.api.post(stage.path('/reschedule'), { milestones: [{ key, at }] }, { key: `${press}-${attempt}` });
    if (answer.status !== 422) return answer;
  }
}

async function pending(stage: CampaignStage): Promise<string[]> {
  const milestones = listOf((await asked(() => stage.api.get(stage.path(''))))['milestones']);
  return milestones.filter((each) => String(each['status']) === 'pending').map((each) => String(each['key']));
}
