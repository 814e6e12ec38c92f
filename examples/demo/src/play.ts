import { randomInt } from 'node:crypto';
import { Api } from './http/api.ts';
import type { Stage } from './stage.ts';
import { afterwards } from './steps/afterwards.ts';
import { day1 } from './steps/day-1.ts';
import { day2 } from './steps/day-2.ts';
import { day3 } from './steps/day-3.ts';
import { day4 } from './steps/day-4.ts';
import { day5 } from './steps/day-5.ts';
import { day6 } from './steps/day-6.ts';
import { day7 } from './steps/day-7.ts';
import { ending } from './steps/ending.ts';
import { setTheStage } from './steps/set-the-stage.ts';
import { whereToLook } from './steps/where-to-look.ts';

const acts: readonly ((stage: Stage) => Promise<void>)[] = [day1, day2, day3, day4, day5, day6, day7, afterwards, ending];

/**
 * Plays the campaign once, in a workspace of its own.
 * @returns the exit code: 0 when everything happened as it had to
 */
export async function play({ API_URL, SEVENFOLD_TOKEN }: NodeJS.ProcessEnv): Promise<number> {
  if (!API_URL || !SEVENFOLD_TOKEN) {
    console.error('Set API_URL and SEVENFOLD_TOKEN, or use npm run demo, which knows them.');
    return 1;
  }
  const begun = performance.now();
  try {
    const stage = await setTheStage(new Api(API_URL, SEVENFOLD_TOKEN), newRun());
    for (const act of acts) await act(stage);
    await whereToLook(stage, API_URL);
    return sumUp(stage, begun);
  } catch (error) {
    console.error(`\nThe story ends here: ${error instanceof Error ? error.message : String(error)}`);
    if (process.env.DEMO_TRACE) console.error(error);
    return 1;
  }
}

/** Four letters and digits that tell this run from others. */
const newRun = () => randomInt(36 ** 3, 36 ** 4).toString(36);

function sumUp({ checks, voice }: Stage, begun: number): number {
  const seconds = Math.round((performance.now() - begun) / 1_000);
  voice.plain(`\n${checks.held} things were checked and held${checks.failed.length > 0 ? `, ${checks.failed.length} did not:` : ''}. Seven days took ${seconds} seconds.`);
  for (const failed of checks.failed) voice.plain(`  ✗ ${failed}`);
  return checks.failed.length === 0 ? 0 : 1;
}
