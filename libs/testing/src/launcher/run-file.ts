import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isAlive } from '../util/index.js';
import type { Places } from './places.js';

interface Note {
  pid: number;
  api: number;
}

/** The launcher that runs in this place now, or has run and did not say goodbye (`alive: false`). */
export async function previousRun({ runFile }: Places): Promise<(Note & { alive: boolean }) | undefined> {
  const text = await readFile(runFile, 'utf8').catch(() => undefined);
  if (!text) return undefined;
  const note: Note = JSON.parse(text);
  return { ...note, alive: note.pid !== process.pid && isAlive(note.pid) };
}

/** Notes that this process runs here. */
export async function noteRun({ home, runFile }: Places, api: number): Promise<void> {
  await mkdir(home, { recursive: true });
  await writeFile(runFile, JSON.stringify({ pid: process.pid, api } satisfies Note));
}

/** Takes the note away. */
export async function forgetRun({ runFile }: Places): Promise<void> {
  await rm(runFile, { force: true });
}
