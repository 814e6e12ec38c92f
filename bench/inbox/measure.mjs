import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, Database, migrate } from '@sevenfold/core/db';
import { searchThreads } from '@sevenfold/core/inbox';
import { SystemDatabase } from '@sevenfold/core/system';
import { ensureFirstWorkspace } from '@sevenfold/core/workspaces';
import { systemClock } from '@sevenfold/platform/clock';
import { KeyRing } from '@sevenfold/platform/crypto';
import { createDatabase, databaseUrls } from '@sevenfold/testing/postgres';
import { startParts } from '../startup/parts.mjs';
import { median, quantile, timed } from '../statistics.mjs';
import { fillInbox } from './fill.mjs';
import { connected, framed } from './framed.mjs';
import { pageSql } from './product-sql.mjs';
import { zipfWords } from './words.mjs';

const root = join(import.meta.dirname, '../..');
const [small, big] = (process.env.INBOX_MESSAGES ?? '100000,1000000').split(',').map(Number);
const limit = 50;
const now = new Date();

/** The inbox at 100,000 and a million messages, and one page of it over HTTP beside its SQL. */
export async function measure({ rounds = 7, say }) {
  const parts = await startParts();
  const stack = new AsyncDisposableStack();
  stack.defer(() => parts.stop());
  try {
    const places = {};
    for (const [name, messages] of [['small', small], ['big', big]]) {
      places[name] = await place(parts, `inbox_${name}`, messages, stack);
      say(`${messages.toLocaleString('en')} messages are there`);
    }
    const rows = [...(await sqlRows(places, rounds, say)), ...(await searchRows(places.big, rounds, say)), ...(await httpRows(parts, places.big, rounds, say, stack))];
    return {
      table: tableOf(rows),
      how: `Both sides in turn, ${rounds} rounds; the median of the rounds' ratios.`,
      missed: rows.some(({ ratio, most, least }) => (most !== undefined && ratio > most) || (least !== undefined && ratio < least)),
    };
  } finally {
    await stack.disposeAsync();
  }
}

/** A database with a workspace full of messages. */
async function place(parts, database, messages, stack) {
  await createDatabase(parts.adminUrl, database);
  const urls = databaseUrls(parts.adminUrl, database, parts.passwords);
  await migrate(urls.ownerUrl);
  const system = new SystemDatabase(await connect(urls.systemUrl, 2), systemClock);
  stack.defer(() => system.close());
  const services = { keyRing: KeyRing.parse(parts.env.KEY_RING), plugins: undefined, publicUrl: 'http://localhost' };
  const { workspaceId, token } = await ensureFirstWorkspace(system, services);
  const [{ id: clientId }] = await system.transaction((em) =>
    em.execute(`insert into client (id, workspace_id, created_at, name) values (gen_random_uuid(), ?, now(), 'Brand') returning id`, [workspaceId]));
  const admin = new URL(parts.adminUrl);
  admin.pathname = `/${database}`;
  const { campaigns } = await fillInbox({ adminUrl: admin.href, workspaceId, clientId, messages });
  const client = await connected(urls.appUrl);
  stack.defer(() => client.end());
  return { urls, system, workspaceId, token, campaigns, client };
}

async function sqlRows({ small: less, big: more }, rounds, say) {
  const first = await pageSql({ limit }, { snoozed: false }, now);
  const pages = async (at) => [first, await pageSql({ limit }, { snoozed: false, waiting: true }, now), await pageSql({ limit }, { snoozed: false, campaignId: at.campaigns[20] }, now)];
  const [lessPages, morePages] = [await pages(less), await pages(more)];
  const deep = await pageSql({ limit, cursor: await cursorAt(more, 0.9) }, { snoozed: false }, now);
  const ask = (at, sql, index) => timed(() => framed(at.client, at.workspaceId, { ...sql, name: `page-${index}-${sql.values.length}` }));
  const ratios = { size: [], deep: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const times = { less: [], more: [], first: [], deep: [] };
    for (let index = 0; index < 150; index += 1) {
      times.less.push(await ask(less, lessPages[index % 3], index % 3));
      times.more.push(await ask(more, morePages[index % 3], index % 3));
      times.first.push(await ask(more, first, 0));
      times.deep.push(await ask(more, deep, 3));
    }
    if (round === 0) continue;
    ratios.size.push(quantile(times.more, 0.95) / quantile(times.less, 0.95));
    ratios.deep.push(median(times.deep) / median(times.first));
    say(`SQL, round ${round} of ${rounds}`);
  }
  return [
    { what: `inbox SQL, p95 at ${big.toLocaleString('en')} ÷ ${small.toLocaleString('en')} messages (all, waiting, one campaign)`, ratio: median(ratios.size), most: 1.3 },
    { what: 'deep cursor (nine tenths down) ÷ first page', ratio: median(ratios.deep), most: 1.2 },
  ];
}

async function searchRows(at, rounds, say) {
  const { words } = zipfWords(7);
  const middle = (word) => word.slice(1);
  const inner = words.filter((word) => word.length >= 7);
  // Common, less so, rare; whole words, two at once, and parts of words.
  const queries = [
    ...[2, 10, 60, 400, 2_000, 9_000].map((index) => words[index]), ...[5, 300].map((index) => `${words[index]} ${words[index * 3]}`),
    ...[40, 700, 3_000].map((index) => middle(inner[index])), '"not there at all"', 'nothingofthesort',
  ];
  const page = await pageSql({ limit }, { snoozed: false }, now);
  const db = new Database(await connect(at.urls.appUrl, 2), systemClock, {});
  const parts = { db, system: at.system };
  const scope = { workspaceId: at.workspaceId, actor: { kind: 'system', via: 'setup' } };
  const ratios = [];
  const slowest = new Map();
  for (let round = 0; round <= rounds; round += 1) {
    const times = { page: [], search: [] };
    for (const query of queries.flatMap((each) => [each, each, each])) {
      times.page.push(await timed(() => framed(at.client, at.workspaceId, { ...page, name: 'page' })));
      const took = await timed(() => searchThreads(parts, scope, query, { limit }, { snoozed: false }));
      times.search.push(took);
      slowest.set(query, Math.max(slowest.get(query) ?? 0, took));
    }
    if (round === 0) { slowest.clear(); continue; }
    ratios.push(quantile(times.search, 0.95) / quantile(times.page, 0.95));
    say(`search, round ${round} of ${rounds}`);
  }
  say(`slowest: ${[...slowest].sort((a, b) => b[1] - a[1]).slice(0, 5).map(([query, ms]) => `${query} ${ms.toFixed(1)} ms`).join(', ')}`);
  await db.close();
  return [{ what: `search of words and parts of words at ${big.toLocaleString('en')} messages, p95 ÷ p95 of the inbox page`, ratio: median(ratios), most: 15 }];
}

async function httpRows(parts, at, rounds, say, stack) {
  const sql = await pageSql({ limit }, { snoozed: false }, now);
  const api = await startProgram(join(root, 'apps/api/dist/bundle/main.js'), {
    ...parts.env, DATABASE_URL: at.urls.appUrl, DATABASE_URL_SYSTEM: at.urls.systemUrl, REQUESTS_PER_MINUTE: '1000000', LOG_LEVEL: 'warn',
  }, parts.port, '/healthz', stack);
  const barePort = parts.port + 1;
  const bare = await startProgram(join(import.meta.dirname, 'bare-page.mjs'), {
    DATABASE_URL: at.urls.appUrl, PORT: String(barePort), SQL: JSON.stringify(sql), WORKSPACE: at.workspaceId,
  }, barePort, '/page', stack);
  const headers = { authorization: `Bearer ${at.token}` };
  const ours = () => fetchOk(`${api}/v1/threads?limit=${limit}`, headers);
  const theirs = () => fetchOk(`${bare}/page`, {});
  const ratios = { latency: [], throughput: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const times = { http: [], sql: [] };
    for (let index = 0; index < 200; index += 1) {
      times.http.push(await timed(ours));
      times.sql.push(await timed(() => framed(at.client, at.workspaceId, { ...sql, name: 'page' })));
    }
    const [mine, other] = round % 2 ? [await perSecond(ours), await perSecond(theirs)] : (await perSecond(theirs).then(async (first) => [await perSecond(ours), first]));
    if (round === 0) continue;
    ratios.latency.push(median(times.http) / median(times.sql));
    ratios.throughput.push(mine / other);
    say(`HTTP, round ${round} of ${rounds}: ${median(times.http).toFixed(2)} ms ÷ ${median(times.sql).toFixed(2)} ms; ${Math.round(mine)} ÷ ${Math.round(other)} a second`);
  }
  return [
    { what: 'inbox page over HTTP with sign-in and policy, p50 ÷ the same SQL by node-pg in the same frame', ratio: median(ratios.latency), most: 2 },
    { what: 'pages per second over 20 connections, full pipeline ÷ a bare Nest handler with the same SQL', ratio: median(ratios.throughput), least: 0.85 },
  ];
}

async function startProgram(file, env, port, path, stack) {
  const child = spawn(process.execPath, [file], { env: { ...process.env, NODE_ENV: 'production', ...env }, stdio: ['ignore', 'ignore', 'inherit'] });
  stack.defer(async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    if (await fetch(`${url}${path}`).then((answer) => answer.ok, () => false)) return url;
    if (tries > 300 || child.exitCode !== null) throw new Error(`${file} did not come up`);
    await sleep(100);
  }
}

async function fetchOk(url, headers) {
  const answer = await fetch(url, { headers });
  const body = await answer.text();
  if (!answer.ok || body.length < 1_000) throw new Error(`${url}: ${answer.status} ${body.slice(0, 200)}`);
}

/** As many as 20 callers get in two seconds. */
async function perSecond(call) {
  const began = performance.now();
  let done = 0;
  await Promise.all(Array.from({ length: 20 }, async () => {
    while (performance.now() - began < 2_000) {
      await call();
      done += 1;
    }
  }));
  return done / ((performance.now() - began) / 1_000);
}

/** The cursor after which a share of all threads is over. */
async function cursorAt(at, share) {
  const rows = await framed(at.client, at.workspaceId, {
    text: 'select last_message_at, id from thread where last_message_at is not null order by last_message_at desc, id desc offset (select (count(*) * $1::float8)::int from thread) limit 1',
    values: [share], name: 'cursor',
  });
  return Buffer.from(`${rows[0].last_message_at.toISOString()}|${rows[0].id}`).toString('base64url');
}

const tableOf = (rows) => [
  '| What | Ratio | Target |',
  '|---|---|---|',
  ...rows.map(({ what, ratio, most, least }) => `| ${what} | ${ratio.toFixed(2)} | ${most === undefined ? `at least ${least}` : `at most ${most}`} |`),
].join('\n');
