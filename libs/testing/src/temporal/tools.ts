import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Path of the `temporal` program: on PATH, in the cache, else built now. */
export const temporalCli = (): Promise<string> => toolPath('temporal-cli.mjs');

/** Path of the time-skipping test server: in the cache, else fetched now. */
export const testServer = (): Promise<string> => toolPath('test-server.mjs');

/** Folder of the server as it runs in production, with its tables: in the cache, else built now. */
export const temporalServer = (): Promise<string> => toolPath('temporal-server.mjs');

/** The set-up scripts know where tools are and how to get them; asking them keeps that knowledge in one place. */
async function toolPath(script: string): Promise<string> {
  const path = fileURLToPath(new URL(`../../../../scripts/tools/${script}`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [path], { env: { ...process.env, NODE_OPTIONS: '' } });
  return stdout.trim();
}
