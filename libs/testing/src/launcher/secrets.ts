import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { realDataDir } from '../postgres/index.js';
import { errorCode } from '../util/index.js';
import type { Places } from './places.js';

/** What is made up at the first start. Variables of the environment win over all but the passwords. */
export interface Secrets {
  /** Passwords of the embedded database. */
  database: { superuser: string; owner: string; app: string; system: string };
  KEY_RING: string;
  SLACK_SERVICE_CREDENTIAL: string;
  SLACK_BOT_TOKEN: string;
  SLACK_SIGNING_SECRET: string;
  SEVENFOLD_BOOTSTRAP_TOKEN: string;
  PUSH_KEY: string;
}

const hex = () => randomBytes(24).toString('hex');
const key = () => randomBytes(32).toString('base64');

function makeUp(): Secrets {
  return {
    database: { superuser: hex(), owner: hex(), app: hex(), system: hex() },
    // The second key is the one addresses are hashed with; it stays when the first is replaced.
    KEY_RING: `k1:${key()},hash:${key()}`,
    SLACK_SERVICE_CREDENTIAL: hex(),
    SLACK_BOT_TOKEN: `xoxb-local-${hex()}`,
    SLACK_SIGNING_SECRET: hex(),
    SEVENFOLD_BOOTSTRAP_TOKEN: `sf_${hex()}`,
    PUSH_KEY: key(),
  };
}

/**
 * The secrets of this place, made up the first time. Only this user can read the file.
 * Adds a problem when data that shall stay are there but the secrets that open them are gone.
 */
export async function readSecrets(places: Places, reset: boolean, problems: string[]): Promise<Secrets> {
  const made = makeUp();
  const kept = await read(places.secrets, problems);
  if (kept) return { ...made, ...kept };
  if (!reset && (await stat(join(await realDataDir(places.postgres), 'PG_VERSION')).catch(() => undefined))) {
    problems.push(
      `${places.secrets} is gone, and with it the keys to the data in ${places.data}. Put it back, or start afresh: npm start -- --reset`,
    );
  }
  return made;
}

/** Writes them down; called when nothing is wrong, just before the first part starts. */
export async function keepSecrets(places: Places, secrets: Secrets): Promise<void> {
  await mkdir(dirname(places.secrets), { recursive: true });
  const half = `${places.secrets}.${process.pid}`;
  await writeFile(half, JSON.stringify(secrets, undefined, 2) + '\n', { mode: 0o600 });
  await rename(half, places.secrets);
}

async function read(file: string, problems: string[]): Promise<Partial<Secrets> | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    problems.push(`${file} cannot be read. Repair it, or remove it and start afresh: npm start -- --reset`);
    return undefined;
  }
}
