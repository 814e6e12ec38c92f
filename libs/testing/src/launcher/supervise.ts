import { setTimeout as sleep } from 'node:timers/promises';

/** Something that runs: a process, or several behind one door. */
export interface Running {
  /** Settles when it has ended, for whatever reason; a short word why, if known. */
  exited: Promise<unknown>;
  stop(): Promise<void>;
}

export interface SuperviseOptions {
  name: string;
  /** Starts it and gives it back once it is ready to be used. */
  launch(): Promise<Running>;
  /** Tells the person. */
  say(line: string): void;
  /** First pause before a restart, in milliseconds; doubled each time up to `maxPauseMs`. */
  pauseMs?: number;
  maxPauseMs?: number;
  /** Having run this long, the next end counts as a first one again. */
  steadyMs?: number;
}

/** SEVENFOLD_RESTART_PAUSE_MS: every pause before a restart, for tests that end things hundreds of times. */
export function pauses({ SEVENFOLD_RESTART_PAUSE_MS }: NodeJS.ProcessEnv): Pick<SuperviseOptions, 'pauseMs' | 'maxPauseMs'> {
  const pauseMs = Number(SEVENFOLD_RESTART_PAUSE_MS);
  return pauseMs > 0 ? { pauseMs, maxPauseMs: pauseMs } : {};
}

export interface Supervised {
  stop(): Promise<void>;
}

/**
 * Starts something and starts it again whenever it ends, with growing pauses, until `stop`.
 * @throws whatever the very first `launch` throws: then nothing is supervised.
 */
export async function supervise(options: SuperviseOptions): Promise<Supervised> {
  const { name, launch, say, pauseMs = 500, maxPauseMs = 5_000, steadyMs = 60_000 } = options;
  const stopping = new AbortController();
  const stopped = new Promise((resolve) => stopping.signal.addEventListener('abort', resolve));
  let running: Running | undefined = await launch();
  let startedAt = performance.now();
  let pause = pauseMs;

  const keepUp = async () => {
    while (!stopping.signal.aborted) {
      await Promise.race([running?.exited, stopped]);
      if (stopping.signal.aborted) return;
      if (running && performance.now() - startedAt > steadyMs) pause = pauseMs;
      say(`${name} has ended; it is started again in ${pause / 1000} s`);
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      pause = Math.min(pause * 2, maxPauseMs);
      if (stopping.signal.aborted) return;
      running = await launch().catch((error: unknown) => {
        say(`${name} could not be started: ${error instanceof Error ? error.message : String(error)}`);
        return undefined;
      });
      startedAt = performance.now();
      if (running) say(`${name} is up again`);
    }
  };
  const loop = keepUp();
  return {
    stop: async () => {
      stopping.abort();
      await running?.stop();
      await loop;
      // It may have come up again while we were stopping.
      await running?.stop();
    },
  };
}
