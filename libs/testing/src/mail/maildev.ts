import { dirname, join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startChild, until, type Child } from '../util/index.js';

export interface MaildevOptions {
  smtpPort: number;
  webPort: number;
  /** Folder in which the mails stay from one start to the next; in memory unless told. */
  folder?: string;
  logFile?: string;
}

/**
 * Starts the mail sink with a web page (maildev) as a process of its own and waits until both ports answer.
 * @throws Error when it is not up within 30 seconds.
 */
export async function startMaildev({ smtpPort, webPort, folder, logFile }: MaildevOptions): Promise<Child> {
  if (folder) await mkdir(folder, { recursive: true });
  const child = await startChild({
    command: process.execPath,
    args: [
      maildevProgram(),
      ...['--smtp', String(smtpPort), '--ip', '127.0.0.1'],
      ...['--web', String(webPort), '--web-ip', '127.0.0.1'],
      ...(folder ? ['--mail-directory', folder] : []),
    ],
    env: { ...process.env, NODE_OPTIONS: '' },
    ...(logFile ? { logFile } : {}),
  });
  let gone = false;
  void child.exited.then(() => (gone = true));
  const url = `http://127.0.0.1:${webPort}/api/email`;
  await until(async () => gone || (await fetch(url)).ok, { timeoutMs: 30_000, everyMs: 100, what: 'the mail sink' });
  if (gone) throw new Error('the mail sink ended at once');
  return child;
}

function maildevProgram(): string {
  return join(dirname(fileURLToPath(import.meta.resolve('maildev'))), 'bin', 'maildev.js');
}
