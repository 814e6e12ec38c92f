import type { MikroORM } from '@mikro-orm/postgresql';

/** The migrations of this version have not run yet. */
export class TablesMissingError extends Error {
  override readonly name = 'TablesMissingError';
}

/**
 * Makes sure that every table and column this version knows is there: a process that comes before its migrations waits for them instead of
 * failing one request after the other. What a newer version has added does not matter.
 * @throws TablesMissingError naming some of what is missing
 */
export async function assertTables(orm: MikroORM): Promise<void> {
  const rows = await orm.em.fork().execute<{ name: string }[]>(
    `select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`,
  );
  const there = new Set(rows.map(({ name }) => name));
  const missing = columnsOf(orm).filter((name) => !there.has(name));
  if (missing.length === 0) return;
  const more = missing.length > 3 ? ` and ${missing.length - 3} more` : '';
  throw new TablesMissingError(`the database lacks ${missing.slice(0, 3).join(', ')}${more}: the migrations of this version have not run yet`);
}

/** As `table.column`. */
function columnsOf(orm: MikroORM): string[] {
  return [...orm.getMetadata().getAll().values()].flatMap((entity) =>
    entity.props.flatMap((property) => (property.persist === false ? [] : property.fieldNames.map((column) => `${entity.tableName}.${column}`))),
  );
}
