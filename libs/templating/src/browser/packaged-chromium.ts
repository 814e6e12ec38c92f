import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { execFile } from 'node:child_process';
import { createBrotliDecompress } from 'node:zlib';

/** Where the packaged browser, its font configuration and its libraries lie once unpacked. */
export interface Unpacked {
  readonly executable: string;
  readonly fontConfig: string;
  readonly libraries: string;
}

const run = promisify(execFile);
let unpacking: Promise<Unpacked> | undefined;

/** Whether the package has a browser for this machine. */
export const isPackagedFor = (platform: string, arch: string): boolean => platform === 'linux' && arch === 'x64';

/**
 * Unpacks the Chromium that comes as an npm package into the user's cache, once per version. The package's own way
 * (straight to /tmp) lets a second process start a half-written file.
 */
export function unpackedChromium(): Promise<Unpacked> {
  unpacking ??= unpack().catch((error: unknown) => {
    unpacking = undefined;
    throw error;
  });
  return unpacking;
}

/** Unpacks, whoever else may be doing the same. */
export async function unpack(): Promise<Unpacked> {
  const packageFolder = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..');
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir() || tmpdir(), '.cache'), 'sevenfold');
  const folder = join(cache, `chromium-${version}`);
  const unpacked = { executable: join(folder, 'chromium'), fontConfig: join(folder, 'sevenfold-fonts.conf'), libraries: join(folder, 'lib') };
  if (await exists(unpacked.executable)) return unpacked;

  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(`${folder}-`);
  try {
    const bin = join(packageFolder, 'bin');
    await inflate(join(bin, 'chromium.br'), join(draft, 'chromium'));
    for (const archive of ['fonts.tar', 'al2023.tar']) {
      await inflate(join(bin, `${archive}.br`), join(draft, archive));
      await run('tar', ['-xf', join(draft, archive), '-C', draft]);
      await rm(join(draft, archive));
    }
    await writeFile(join(draft, 'sevenfold-fonts.conf'), fontConfiguration(folder));
    // Complete or not there at all; who comes second finds the first one's and drops their own.
    await rename(draft, folder).catch(async (error: unknown) => {
      if (!(await exists(unpacked.executable))) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return unpacked;
}

// The package's font beside the system's: a container may have none at all.
const fontConfiguration = (folder: string): string => `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'font-cache')}</cachedir>
</fontconfig>
`;

const inflate = (from: string, to: string): Promise<void> =>
  pipeline(createReadStream(from), createBrotliDecompress({ chunkSize: 2 ** 21 }), createWriteStream(to, { mode: 0o755 }));

const exists = (path: string): Promise<boolean> => access(path).then(() => true, () => false);
