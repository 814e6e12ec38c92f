import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, until } from '../util/index.js';
import { createRoles, type RolePasswords } from './roles.js';
import { startPostgres } from './start.js';

/** Passwords of the roles in tests; nothing secret is behind them. */
export const testPasswords: RolePasswords = { owner: 'owner', app: 'app', system: 'system' };

interface Note {
  adminUrl?: string;
  guardPid?: number;
  dataDir?: string;
  error?: string;
}

/**
 * Connection string of the superuser of the one database server all test files of a jest run share. The first to ask
 * starts it, the others wait; the end of the run stops it.
 */
export async function sharedPostgres(): Promise<string> {
  const run = process.env.SEVENFOLD_TEST_RUN;
  if (!run) throw new Error('SEVENFOLD_TEST_RUN is not set: start the tests by `npm run jest`');
  const noteFile = join(run, 'postgres.json');
  if (await isFirst(join(run, 'postgres.lock'))) {
    const note = await start(run).catch((error: unknown): Note => ({ error: String(error) }));
    // Written at once for the others: they read whole notes only.
    await writeFile(noteFile, JSON.stringify(note) + '\n');
  }
  const note = await until(() => readNote(noteFile), { timeoutMs: 90_000, what: 'the shared database server' });
  if (!note.adminUrl) throw new Error(note.error ?? 'the shared database server did not start');
  return note.adminUrl;
}

async function start(run: string): Promise<Note> {
  const ownerPid = Number(process.env.SEVENFOLD_TEST_RUN_PID);
  const server = await startPostgres({ dataDir: join(run, 'postgres'), persistent: false, ownerPid });
  await createRoles(server.adminUrl, testPasswords);
  return { adminUrl: server.adminUrl, guardPid: server.guardPid, dataDir: server.dataDir };
}

async function isFirst(lockFile: string): Promise<boolean> {
  try {
    await (await open(lockFile, 'wx')).close();
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function readNote(file: string): Promise<Note | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.endsWith('\n') ? JSON.parse(text) : undefined;
}
