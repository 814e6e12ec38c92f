import { connectLater } from '../orm.js';

/** The tables of the entities as SQL statements, in a stable order. Connects to nothing. */
export async function describeTables(): Promise<string[]> {
  const orm = connectLater('postgresql://nobody@localhost/nothing');
  const sql = await orm.schema.getCreateSchemaSQL({ wrap: false });
  return sql.split('\n').map((line) => line.trim().replace(/;$/, '')).filter((line) => line !== '');
}
