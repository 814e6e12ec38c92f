import type { MikroORM } from '@mikro-orm/postgresql';

/** The role of DATABASE_URL could see past row-level security: a wrong configuration, which no waiting mends. */
export class UnsafeRoleError extends Error {
  override readonly name = 'UnsafeRoleError';
}

/**
 * Refuses to go on when the app's role could see past row-level security: a superuser, a role with BYPASSRLS and
 * the owner of a table silently skip it.
 * @throws UnsafeRoleError naming the role and what to change
 */
export async function assertSafeRole(orm: MikroORM): Promise<void> {
  const [row] = await orm.em.fork().execute<{ role: string; super: boolean; bypass: boolean; owns: number }[]>(
    `select current_user as role, rolsuper as super, rolbypassrls as bypass,
            (select count(*)::int from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
               and pg_has_role(current_user, c.relowner, 'member')) as owns
       from pg_roles where rolname = current_user`,
  );
  if (!row) throw new Error('The database did not tell its current role');
  const why = [
    row.super && 'is a superuser',
    row.bypass && 'has BYPASSRLS',
    row.owns > 0 && `owns ${row.owns} tables`,
  ].filter(Boolean);
  if (why.length > 0) {
    throw new UnsafeRoleError(
      `DATABASE_URL signs in as "${row.role}", which ${why.join(' and ')}: row-level security would not hold. ` +
        'Use the role sevenfold_app (docs/operate.md, "Three database roles").',
    );
  }
}
