import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asAdmin } from '@sevenfold/testing/postgres';
import { startParts } from '../startup/parts.mjs';

/** Ours runs with what the worker's image tells Node. */
const workerNodeOptions = /^ENV NODE_OPTIONS=(.*)$/m.exec(readFileSync(join(import.meta.dirname, '../../Dockerfile'), 'utf8'))?.[1] ?? '';

const here = (file) => join(import.meta.dirname, file);

/** Database and engine, a mail server of its own process that both sides send to, and a workspace to put creators into. */
export async function startPlace() {
  const parts = await startParts();
  const sink = await startSink();
  const url = new URL(parts.adminUrl);
  url.pathname = '/sevenfold';
  const rows = (sql, values = []) => asAdmin(url.href, async (client) => (await client.query(sql, values)).rows);
  const workspaceId = randomUUID();
  await rows(
    `insert into workspace (id, name, time_zone, locale, currency, subscription, settings, created_at) values ($1, 'Bench', 'Europe/Amsterdam', 'en', 'EUR', 'professional', '{}', now())`,
    [workspaceId],
  );
  return {
    rows,
    sink,
    workspaceId,
    /** Ours; the bare pool runs without the options. */
    env: { ...process.env, NODE_OPTIONS: workerNodeOptions, NODE_ENV: 'production', ...parts.env, SMTP_URL: sink.url, LOG_LEVEL: 'warn', WORKSPACE: workspaceId },
    /** So many creators with a mail address; their group is in their name. */
    async fill(group, count) {
      await rows(
        `with c as (insert into creator (id, workspace_id, created_at, name, languages, in_network, newsletter_opt_in, updated_at)
           select gen_random_uuid(), $1, now(), $2 || ' ' || n, '[]', true, true, now() from generate_series(1, $3::int) n returning id)
         insert into contact_point (id, workspace_id, created_at, creator_id, channel, address, address_hash)
           select gen_random_uuid(), $1, now(), id, 'email', id || '@creators.test', md5(id::text) from c`,
        [workspaceId, group, count],
      );
      await rows('vacuum analyze');
    },
    /** Takes back whatever was sent, so that the next begins in tables as empty. */
    async forget() {
      await rows('truncate message, delivery, delivery_event, thread_facet, broadcast_chunk, broadcast_skip, thread, broadcast, audit_entry, outbox_item cascade');
    },
    async stop() {
      sink.stop();
      await parts.stop();
    },
  };
}

async function startSink() {
  const child = fork(here('sink.mjs'), { execArgv: [] });
  const hear = (key, question) =>
    new Promise((resolve) => {
      const listen = (answer) => {
        if (!(key in answer)) return;
        child.off('message', listen);
        resolve(answer[key]);
      };
      child.on('message', listen);
      if (question) child.send(question);
    });
  const port = await hear('port');
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    count: () => hear('count', 'count'),
    /** The instant of each arrival, ms. */
    times: () => hear('times', 'times'),
    recipients: () => hear('recipients', 'recipients'),
    clear: () => hear('cleared', 'clear'),
    stop: () => child.disconnect(),
  };
}

/** Runs one side as a process of its own, so that its time, its processor and its memory are its alone. */
export function runSide(file, env) {
  return new Promise((resolve, reject) => {
    const child = fork(here(file), { env, execArgv: [] });
    let result;
    child.on('message', (message) => (result = message));
    child.once('exit', (code) => (result && code === 0 ? resolve(result) : reject(new Error(`${file} ended with ${code}`))));
  });
}
