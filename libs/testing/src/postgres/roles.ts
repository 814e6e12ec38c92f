import pg from 'pg';

/** The three database roles of the product, by what they are for. */
export const databaseRoles = { owner: 'sevenfold_owner', app: 'sevenfold_app', system: 'sevenfold_system' } as const;
export type DatabaseRole = keyof typeof databaseRoles;

export type RolePasswords = Record<DatabaseRole, string>;

/** Connection strings of one database, one for each role. */
export interface DatabaseUrls {
  ownerUrl: string;
  appUrl: string;
  systemUrl: string;
}

// Only `system` may look past row-level security, and nobody is a superuser. What each may do with which table is
// granted by the migrations, so that a database made by hand gets the same.
const attributes: Record<DatabaseRole, string> = {
  owner: 'NOSUPERUSER NOBYPASSRLS',
  app: 'NOSUPERUSER NOBYPASSRLS',
  system: 'NOSUPERUSER BYPASSRLS',
};

/**
 * Creates the three roles of the product, or sets their attributes and passwords anew if they exist.
 * @param adminUrl connection string of a superuser.
 */
export async function createRoles(adminUrl: string, passwords: RolePasswords): Promise<void> {
  await asAdmin(adminUrl, async (client) => {
    for (const role of Object.keys(databaseRoles).filter(isRole)) {
      const name = databaseRoles[role];
      const exists = await client.query('select 1 from pg_roles where rolname = $1', [name]);
      const verb = exists.rowCount ? 'alter' : 'create';
      const rest = `login nocreatedb nocreaterole ${attributes[role]} password ${pg.escapeLiteral(passwords[role])}`;
      await client.query(`${verb} role ${name} with ${rest}`);
    }
  });
}

/** Creates an empty database owned by the owner role unless it exists, and says whether it did so. */
export async function createDatabase(adminUrl: string, name: string): Promise<boolean> {
  return asAdmin(adminUrl, async (client) => {
    const exists = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (exists.rowCount) return false;
    await client.query(`create database ${pg.escapeIdentifier(name)} owner ${databaseRoles.owner}`);
    return true;
  });
}

/** Creates an empty database of the superuser's own, for what is not the product. */
export async function createPlainDatabase(adminUrl: string, name: string): Promise<void> {
  await asAdmin(adminUrl, (client) => client.query(`create database ${pg.escapeIdentifier(name)}`));
}

/** Runs something on one connection of a superuser and closes it. */
export async function asAdmin<T>(adminUrl: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

/** The three connection strings of a database on the server of `adminUrl`. */
export function databaseUrls(adminUrl: string, database: string, passwords: RolePasswords): DatabaseUrls {
  const urlOf = (role: DatabaseRole) => {
    const url = new URL(adminUrl);
    url.username = databaseRoles[role];
    url.password = passwords[role];
    url.pathname = `/${database}`;
    return url.href;
  };
  return { ownerUrl: urlOf('owner'), appUrl: urlOf('app'), systemUrl: urlOf('system') };
}

function isRole(name: string): name is DatabaseRole {
  return Object.hasOwn(databaseRoles, name);
}
