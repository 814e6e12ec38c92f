import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { allBranches } from '../../../../libs/workflows/test/branches.js';
import { Cast } from '../campaign-factory.js';
import { startScenario } from '../harness.js';
import type { Recording } from './recording.js';
import { crowd } from './recordings/crowd.js';
import { documents } from './recordings/documents.js';
import { lives } from './recordings/lives.js';
import { pause } from './recordings/pause.js';
import { sending } from './recordings/sending.js';
import { stories } from './recordings/stories.js';
import { due, nudged, refused } from './recordings/waiting.js';
import { week } from './recordings/week.js';
import { firstRun } from './watch.js';

const root = join(import.meta.dirname, '../../../..');
const recordings: Record<string, Recording> = { week, lives, pause, documents, sending, crowd, stories, due, nudged, refused };

/** Tomorrow, an hour and a half before the newsletter in Amsterdam's winter: some recordings cross it, some don't. */
function startAt(): Date {
  const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  return new Date(`${day}T15:30:00Z`);
}

async function record(recording: Recording, folder: string): Promise<string[]> {
  await using scenario = await startScenario({ startAt: startAt(), ...recording.options });
  const recorded = Object.entries(await recording.play(scenario, new Cast(scenario)));
  for (const [branch, workflowId] of recorded) await writeFile(join(folder, `${branch}.json`), await firstRun(scenario, workflowId));
  return recorded.map(([branch]) => branch);
}

/** Where the histories of the release that is being worked on belong. */
async function folderOfRelease(): Promise<string> {
  const { version }: { version: string } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return join(root, 'libs/workflows/histories', version.split('.').slice(0, 2).join('.'));
}

/**
 * Records the histories of this release.
 * @param wanted names of recordings; without any all are made, and what was there before is removed
 * @throws Error when a branch is recorded by nothing
 */
export async function recordHistories(wanted: string[], say: (line: string) => void): Promise<void> {
  const folder = await folderOfRelease();
  const all = wanted.length === 0;
  if (all) await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const done: string[] = [];
  for (const [name, recording] of Object.entries(recordings)) {
    if (!all && !wanted.includes(name)) continue;
    const recorded = await record(recording, folder);
    say(`${name}: ${recorded.join(', ')}`);
    done.push(...recorded);
  }
  const missing = all ? allBranches.filter((branch) => !done.includes(branch)) : [];
  if (missing.length > 0) throw new Error(`Nothing records ${missing.join(', ')}`);
}
