const app = 'sevenfold_app';
const system = 'sevenfold_system';
const context = `nullif(current_setting('app.workspace', true), '')::uuid`;

/**
 * What every new table of a workspace needs besides its `create table`: it belongs to a workspace, row-level security holds
 * it there, and the two roles get their rights. Its name goes into `tenant-tables.ts` as well.
 * @param appendOnly nobody may change or delete what was written
 */
export function tenantTable(table: string, { appendOnly = false } = {}): string[] {
  return [
    `alter table ${table} add constraint ${table}_workspace_fk foreign key (workspace_id) references workspace (id) deferrable initially deferred`,
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy tenant on ${table} using (workspace_id = ${context}) with check (workspace_id = ${context})`,
    `grant ${appendOnly ? 'select, insert' : 'select, insert, update, delete'} on ${table} to ${app}`,
    `grant select, insert, update, delete on ${table} to ${system}`,
  ];
}

/** A table outside tenancy: only the system role sees it. */
export const systemTable = (table: string): string[] => [`grant select, insert, update, delete on ${table} to ${system}`];

/**
 * A reference that carries the workspace, so that no row can point into another one whatever the code does. Checked at
 * commit, because use cases insert in the order they think in; not valid first, so that a big table is not locked while
 * it is read.
 */
export function reference(table: string, column: string, target: string): string[] {
  return [
    `create unique index if not exists ${target}_tenant_key on ${target} (workspace_id, id)`,
    `alter table ${table} add constraint ${table}_${column}_fk foreign key (workspace_id, ${column}) ` +
      `references ${target} (workspace_id, id) deferrable initially deferred not valid`,
    `alter table ${table} validate constraint ${table}_${column}_fk`,
  ];
}

/** A column that checks its values takes further ones; the old version knows the old ones and goes on writing them. */
export function widenEnum(table: string, column: string, values: readonly string[]): string[] {
  const check = `${table}_${column}_check`;
  return [
    `alter table ${table} drop constraint if exists "${check}"`,
    `alter table ${table} add constraint "${check}" check ("${column}" in (${values.map((value) => `'${value}'`).join(', ')})) not valid`,
    `alter table ${table} validate constraint "${check}"`,
  ];
}
