import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { createDesk } from '../kit/desk.js';
import { deadPort, startLine } from '../kit/line.js';
import { refusalsOf } from '../kit/requires.js';
import { messageFor, PUBLIC_URL, whereOf } from '../kit/stage.js';
import type { Subject } from '../kit/subject.js';
import { canariesOf, TEXT } from '../kit/traces.js';
import { Failed, within } from '../kit/verdict.js';
import type { Done, Job } from './job.js';

/** How a plugin's life in a process of its own went. */
export interface Alone {
  /** What it printed. */
  readonly printed: string;
  /** Whether the process ended by itself after `close`, and with which code. */
  readonly ended: boolean;
  readonly code: number | null;
  readonly holds: readonly string[];
  readonly threw: readonly string[];
}

/** Long enough for a busy machine; one second of it is the plugin's. */
const END_MS = 6_000;

/** Lets the plugin send in all the provider's moods in a process of its own, closes it, and watches the process end. */
export async function runAlone(subject: Subject): Promise<Alone> {
  const desk = createDesk(await deadPort());
  const provider = await subject.harness.provider?.(desk);
  const line = provider && (await startLine(provider.port));
  const main = fileURLToPath(new URL(`./main${extname(import.meta.url)}`, import.meta.url));
  const child = fork(main, [], { execArgv: [...subject.execArgv], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const printed = Promise.all([text(child.stdout ?? emptyLines()), text(child.stderr ?? emptyLines())]);
  child.setMaxListeners(30).on('error', () => undefined);
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const threw: string[] = [];
  const ask = async (job: Job): Promise<Done> => {
    const done = await askOnce(child, job);
    if (done.threw !== undefined) threw.push(`${job.do} threw ${done.threw}`);
    return done;
  };
  try {
    await ask({ do: 'create', entry: subject.entry, env: subject.harness.env(await whereOf(line, 20_000, desk.doorPort)), publicUrl: PUBLIC_URL });
    const detail = [...(await canariesOf(subject)).keys()].join(' ');
    for (const answer of [{ as: 'accept' } as const, ...refusalsOf(subject, detail)]) {
      desk.answer = answer;
      await ask({ do: 'send', message: messageFor(subject, { text: TEXT }) });
    }
    const { holds = [] } = await ask({ do: 'close' });
    const late = setTimeout(() => child.kill('SIGKILL'), END_MS);
    const [code, signal] = await exited;
    clearTimeout(late);
    return { printed: (await printed).join(''), ended: signal !== 'SIGKILL', code, holds, threw };
  } finally {
    child.kill('SIGKILL');
    await line?.close();
    desk.release();
    await provider?.close();
  }
}

async function askOnce(child: ChildProcess, job: Job): Promise<Done> {
  const answered = new Promise<Done>((resolve, reject) => {
    child.once('message', (done: Done) => resolve(done));
    child.once('exit', (code) => reject(new Failed(`the process ended with code ${code} when asked to ${job.do}`)));
  });
  child.send(job);
  return within(30_000, answered, job.do);
}

async function* emptyLines(): AsyncGenerator<string> {}
