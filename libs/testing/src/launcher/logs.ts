import { mkdir, open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';

const FULL = 20 * 1024 * 1024;

/** The log file of a part; at a start, one that has grown beyond 20 MB is put aside and the one before it dropped. */
export async function logFile(folder: string, name: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${name}.log`);
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > FULL) await rename(file, `${file}.old`);
  return file;
}

/** The last lines of a log file. */
export async function tail(file: string, lines = 12): Promise<string> {
  const handle = await open(file).catch(() => undefined);
  if (!handle) return '';
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, 16 * 1024);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString().trimEnd().split('\n').slice(-lines).join('\n');
  } finally {
    await handle.close();
  }
}
