import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { isPackagedFor, unpackedChromium } from './packaged-chromium.js';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

// On a machine with NSS of its own the browser takes that; on a bare one it takes what its package brings.
const SYSTEM_NSS = '/usr/lib/x86_64-linux-gnu/libnss3.so';

/** A browser, and the variables it is started with beside the process's own. */
export interface LocatedChromium {
  readonly executable: string;
  readonly env: Record<string, string>;
}

/**
 * The browser to use: `CHROMIUM_PATH`, else the one that came as a package, else one on PATH.
 *
 * @throws Error naming the ways to give one when there is none.
 */
export async function locateChromium(env: NodeJS.ProcessEnv = process.env): Promise<LocatedChromium> {
  if (env.CHROMIUM_PATH !== undefined && env.CHROMIUM_PATH !== '') return { executable: env.CHROMIUM_PATH, env: {} };
  if (isPackagedFor(process.platform, process.arch)) return packaged(env);
  for (const folder of (env.PATH ?? '').split(delimiter).filter((part) => part !== '')) {
    for (const name of NAMES) {
      const executable = join(folder, name);
      if (await isThere(executable, constants.X_OK)) return { executable, env: {} };
    }
  }
  throw new Error(`no Chromium for ${process.platform}-${process.arch}: set CHROMIUM_PATH, or put chromium on PATH`);
}

async function packaged(env: NodeJS.ProcessEnv): Promise<LocatedChromium> {
  const { executable, fontConfig, libraries } = await unpackedChromium();
  const path = [env.LD_LIBRARY_PATH, libraries].filter((part) => part !== undefined && part !== '').join(':');
  return { executable, env: { FONTCONFIG_FILE: fontConfig, ...(!(await isThere(SYSTEM_NSS)) && { LD_LIBRARY_PATH: path }) } };
}

const isThere = (path: string, mode = constants.F_OK): Promise<boolean> => access(path, mode).then(() => true, () => false);
