import { afterAll, describe, expect, test } from '@jest/globals';
import { connectLater } from '../orm.js';
import { migrations } from '../migrations/index.js';
import { statementsOf } from './serving-migration.js';
import { splitStatements } from './split-statements.js';
import { objection } from './unsafe-statements.js';

const orm = connectLater('postgresql://nobody@localhost/nothing');
afterAll(() => orm.close());
const released = 2;
const functionsIn = (statements: readonly string[]): string[] => statements.flatMap((sql) => /^create function "?(\w+)"?/i.exec(sql.trim())?.[1] ?? []);
const tablesIn = (statements: readonly string[]): string[] => statements.flatMap((sql) => /^create table (?:if not exists )?"?(\w+)"?/i.exec(sql)?.[1] ?? []);

describe('every migration after the first release', () => {
  test.each(migrations.map(({ name }, index) => [name, index] as const).slice(released))('%s runs while the version before serves', async (_name, index) => {
    const earlier = await Promise.all(migrations.slice(0, index).map((each) => statementsOf(each, orm.em.getDriver(), orm.config)));
    const existing = new Set(tablesIn(earlier.flat()));
    const newer = new Set(functionsIn(earlier.slice(released).flat()));
    const migration = migrations[index];
    if (!migration) throw new Error('no such migration');
    const { now, after } = splitStatements(await statementsOf(migration, orm.em.getDriver(), orm.config));
    expect(now.flatMap((sql) => objection(sql, existing, newer) ?? [])).toEqual([]);
    // What goes afterwards may take its time, but nothing away; a constraint or an index may go, columns and tables may not.
    expect(after.filter((sql) => /drop (table|column)|rename|truncate/i.test(sql))).toEqual([]);
  });
});

test.each([
  'drop table message', 'truncate message', 'lock table message', 'drop function thread_facets_added()', 'create or replace function f() returns int language sql as $$ select 1 $$',
  'alter table "message" drop column text', 'alter table message rename column text to body', 'alter table message rename to note',
  'alter table message alter column status type int', 'alter table message alter column subject set not null', 'alter table message alter column status drop default',
  'alter table message add column kind2 text not null', 'alter table message add column a text null, add column b int not null',
  'alter table message add column at timestamptz not null default clock_timestamp()',
  `alter table message add column words text generated always as (lower(text)) stored`,
  `alter table message add constraint c check (kind in ('a'))`, 'alter table message add constraint f foreign key (x) references thread (id)',
  'create index i on message (text)', 'create unique index if not exists i on "message" (text)',
  `update message set status = 'sent'`, 'insert into thread_facet select 1', 'alter table message no force row level security',
])('refused: %s', (sql) => {
  expect(objection(sql, new Set(['message']))).toEqual(expect.any(String));
});

test('a function may be replaced when the version before does not know it', () => {
  const replaced = 'create or replace function f() returns trigger language plpgsql as $$ begin return null; end $$';
  expect(objection(replaced, new Set(), new Set(['f']))).toBeUndefined();
  expect(objection(replaced, new Set(), new Set(['g']))).toEqual(expect.any(String));
});

test.each([
  'alter table message add column a text null', `alter table message add column a int not null default 0, add column b text null`, `alter table message add column a boolean default false not null`,
  `alter table message add constraint c check (kind in ('a')) not valid`, 'alter table message add constraint f foreign key (x) references thread (id) deferrable initially deferred not valid',
  'create table label (id uuid not null)', 'create index i on label (text)', 'create index concurrently i on message (text)', 'alter table label add column a text not null',
  'grant select on message to sevenfold_app', 'alter table message set (fillfactor = 70)', 'create trigger t before insert on message for each row execute function f()',
])('fine: %s', (sql) => {
  expect(objection(sql, new Set(['message']))).toBeUndefined();
});
