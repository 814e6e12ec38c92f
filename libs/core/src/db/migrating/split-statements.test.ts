import { expect, test } from '@jest/globals';
import { splitStatements } from './split-statements.js';
import { tableLocks } from './table-locks.js';

test('what takes as long as a table is big leaves the migration’s transaction; what is the migration’s own stays', () => {
  expect(
    splitStatements([
      'create table "label" ("id" uuid not null)',
      'create index "label_name" on "label" ("name")',
      'alter table "label" add constraint "label_name_unique" unique ("name")',
      'create unique index if not exists message_tenant_key on message (workspace_id, id)',
      'alter table label add constraint label_message_fk foreign key (workspace_id, message_id) references message (workspace_id, id) not valid',
      'alter table label validate constraint label_message_fk',
      'alter table message add column labels int not null default 0',
      'create index message_labels on message (labels) where labels > 0',
      'alter table "notice" drop constraint if exists "notice_kind_check"',
      'alter table "notice" add constraint "notice_kind_check" check ("kind" in (\'a\')) not valid',
      'alter table "notice" validate constraint "notice_kind_check"',
      'alter table delivery add constraint delivery_one unique (message_id, round)',
      'alter table delivery drop constraint delivery_old',
      'drop index message_old',
    ]),
  ).toEqual({
    before: ['create unique index concurrently if not exists "message_tenant_key" on "message" (workspace_id, id)'],
    now: [
      'create table "label" ("id" uuid not null)',
      'create index "label_name" on "label" ("name")',
      'alter table "label" add constraint "label_name_unique" unique ("name")',
      'alter table label add constraint label_message_fk foreign key (workspace_id, message_id) references message (workspace_id, id) not valid',
      'alter table label validate constraint label_message_fk',
      'alter table message add column labels int not null default 0',
      'alter table "notice" drop constraint if exists "notice_kind_check"',
      'alter table "notice" add constraint "notice_kind_check" check ("kind" in (\'a\')) not valid',
    ],
    after: [
      'create index concurrently if not exists "message_labels" on "message" (labels) where labels > 0',
      'alter table "notice" validate constraint "notice_kind_check"',
      'create unique index concurrently if not exists "delivery_one" on "delivery" (message_id, round)',
      'alter table delivery drop constraint if exists delivery_old',
      'drop index concurrently if exists "message_old"',
    ],
  });
});

test('existing tables are taken at the beginning, those that others point at last', () => {
  expect(
    tableLocks([
      'create table "label" ("id" uuid)', 'alter table label add constraint f foreign key (a, b) references message (a, b) not valid',
      'alter table label add constraint w foreign key (workspace_id) references workspace (id)', 'alter table thread add column a int null',
      'alter table "notice" add column b int null', 'create trigger t after update on message for each row execute function f()',
    ]),
  ).toEqual([
    'lock table "notice" in access exclusive mode', 'lock table "message" in access exclusive mode', 'lock table "thread" in access exclusive mode',
    'lock table "workspace" in share row exclusive mode',
  ]);
});
