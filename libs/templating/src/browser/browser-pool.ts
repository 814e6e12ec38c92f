import type { Browser } from 'playwright-core';
import type { LocatedChromium } from './locate-chromium.js';

/** One browser, shared. */
export interface BrowserPool {
  /** Runs a job; should the browser die under it, or the process it paints in, once more (rendering has no side effects). */
  use<T>(job: (browser: Browser) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const ARGS = ['--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none', '--hide-scrollbars'];

/** Starts the browser with the first job, and ends it `idleMs` after the last. */
export function createBrowserPool(locate: () => Promise<LocatedChromium>, idleMs: number): BrowserPool {
  let current: Promise<Browser> | undefined;
  let jobs = 0;
  let idle: NodeJS.Timeout | undefined;

  const start = (): Promise<Browser> => {
    const starting = launch(locate);
    // Only the browser that ended is forgotten: by then another may have taken its place.
    const forget = (): void => {
      if (current === starting) current = undefined;
    };
    starting.then((browser) => browser.on('disconnected', forget), forget);
    return starting;
  };
  const end = async (): Promise<void> => {
    const ending = current;
    current = undefined;
    await (await ending)?.close();
  };
  const attempt = async <T>(job: (browser: Browser) => Promise<T>, again: boolean): Promise<T> => {
    const browser = await (current ??= start());
    try {
      return await job(browser);
    } catch (error) {
      if (again && (!browser.isConnected() || paintedNothing(error))) return attempt(job, false);
      throw error;
    }
  };
  return {
    use: async (job) => {
      clearTimeout(idle);
      jobs += 1;
      try {
        return await attempt(job, true);
      } finally {
        jobs -= 1;
        if (jobs === 0) idle = setTimeout(() => void end().catch(() => undefined), idleMs).unref();
      }
    },
    close: () => {
      clearTimeout(idle);
      return end();
    },
  };
}

/** Chromium's painting process has ended, as it may when the machine is busy; the browser starts another by itself (puppeteer #5341). */
function paintedNothing(error: unknown): boolean {
  return error instanceof Error && error.message.includes('Unable to capture screenshot');
}

async function launch(locate: () => Promise<LocatedChromium>): Promise<Browser> {
  const { executable, env } = await locate();
  // Loaded with the first page and not with the process: it takes a fifth of a worker's start.
  const { chromium } = await import('playwright-core');
  return chromium.launch({
    executablePath: executable,
    args: ARGS,
    headless: true,
    env: { ...definedEnvironment(), ...env },
    // Signals belong to the process we live in; it closes us when it ends.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

const definedEnvironment = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined));
