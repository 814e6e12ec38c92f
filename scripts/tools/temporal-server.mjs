import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheDir } from '../lib/paths.mjs';
import { fail } from '../lib/progress.mjs';
import { run, StepFailed } from '../lib/run.mjs';
import { which } from '../lib/which.mjs';

/** The same version as the dev server's. */
const VERSION = 'v1.29.1';
const folder = join(cacheDir, `temporal-server-${VERSION}`);

/** The folder of the server that is in the cache already, or undefined. */
export async function findTemporalServer() {
  return (await stat(folder).catch(() => undefined)) ? folder : undefined;
}

/**
 * A folder with the Temporal server as it runs in production (`server`), the tool that makes its tables (`sql`) and
 * their description (`schema`); built from source into the cache when it is not there, which takes some minutes. Only the long
 * tests need it.
 */
export async function ensureTemporalServer() {
  const found = await findTemporalServer();
  if (found) return found;
  if (!which('go')) throw new StepFailed('there is no Temporal server for Postgres', 'install Go (≥ 1.23)');
  const workshop = `${folder}.${process.pid}`;
  await mkdir(workshop, { recursive: true });
  try {
    const env = { ...process.env, GOBIN: workshop, GOFLAGS: '' };
    for (const program of ['cmd/server', 'cmd/tools/sql']) {
      await run('go', ['install', '-ldflags', '-s -w', `go.temporal.io/server/${program}@${VERSION}`], { cwd: workshop, env });
    }
    const said = await run('go', ['mod', 'download', '-json', `go.temporal.io/server@${VERSION}`], { cwd: workshop, env });
    const { Dir } = JSON.parse(said.slice(said.indexOf('{')));
    await cp(join(Dir, 'schema/postgresql/v12'), join(workshop, 'schema'), { recursive: true });
    // Go keeps its modules read-only; ours shall be as removable as any other folder.
    await run('chmod', ['-R', 'u+w', join(workshop, 'schema')]);
    await rename(workshop, folder).catch(async (error) => {
      if (!(await findTemporalServer())) throw error; // somebody else was faster
    });
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
  return folder;
}

// As a program it prints the path, for callers that are not scripts.
if (import.meta.url === pathToFileURL(process.argv[1]).href) ensureTemporalServer().then(console.log, fail);
