import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { zipfWords } from './words.mjs';

const perThread = 10;
const chunk = 5_000;

/**
 * Fills an empty workspace with `messages` messages, ten to a thread, a third from the creators, spread over a year in the
 * order of time. As the superuser without triggers and with the indexes of texts made afterwards, which is only faster: what
 * they would have written is written here.
 */
export async function fillInbox({ adminUrl, workspaceId, clientId, messages, seed = 7 }) {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const { sentence, random } = zipfWords(seed);
  const threads = Math.max(1, Math.floor(messages / perThread));
  const now = Date.now();
  const year = 365 * 86_400_000;
  const campaigns = Array.from({ length: 40 }, uuid);
  const rows = { thread: Array.from({ length: threads }, uuid), creator: Array.from({ length: threads }, uuid) };
  const last = Array.from({ length: threads }, () => null);
  await client.query('set session_replication_role = replica');
  const { rows: indexes } = await client.query(`select indexname, indexdef from pg_indexes where tablename in ('message', 'creator') and indexdef like '%gin%'`);
  for (const { indexname } of indexes) await client.query(`drop index ${indexname}`);
  const insert = async (sql, columns) => client.query(sql, columns);
  await insert(
    `insert into campaign (id, workspace_id, created_at, updated_at, status, name, details, version, client_id)
     select id, $2, $3, $3, 'started', 'Campaign', '{}', 0, $4 from unnest($1::uuid[]) id`, [campaigns, workspaceId, new Date(now - year), clientId],
  );
  const facets = new Set();
  for (let at = 0; at < messages; at += chunk) {
    const size = Math.min(chunk, messages - at);
    const batch = { id: [], at: [], thread: [], creator: [], campaign: [], direction: [], channel: [], text: [] };
    for (let index = 0; index < size; index += 1) {
      const thread = Math.floor(random() * threads);
      const inbound = random() < 0.33;
      const instant = new Date(now - year + Math.floor(((at + index) / messages) * year));
      // A campaign has its season.
      const campaign = campaigns[Math.min(39, Math.floor(((at + index) / messages) * 36 + random() * 4))];
      const channel = ['in-app', 'email', 'sms'][thread % 3];
      const text = sentence(14);
      const row = {
        id: uuid(), at: instant, thread: rows.thread[thread], creator: rows.creator[thread], campaign, direction: inbound ? 'in' : 'out', channel, text,
      };
      for (const [column, value] of Object.entries(row)) batch[column].push(value);
      last[thread] = { instant, text, inbound, channel };
      facets.add(`${thread}|campaign:${campaign}`).add(`${thread}|client:${clientId}`).add(`${thread}|channel:${channel}`);
    }
    await insert(
      `insert into message (id, workspace_id, created_at, thread_id, creator_id, campaign_id, direction, kind, purpose, automatic, dedupe_key, text, search_text, channel, status)
       select r.id, $1, r.at, r.thread, r.creator, r.campaign, r.direction, 'chat', 'conversation', false, r.id::text, r.text, lower(r.text), r.channel, 'delivered'
         from unnest($2::uuid[], $3::timestamptz[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::text[])
           as r(id, at, thread, creator, campaign, direction, channel, text)`,
      [workspaceId, batch.id, batch.at, batch.thread, batch.creator, batch.campaign, batch.direction, batch.channel, batch.text],
    );
  }
  for (let at = 0; at < threads; at += chunk) {
    const slice = Array.from({ length: Math.min(chunk, threads - at) }, (_, index) => at + index);
    await insert(
      `insert into creator (id, workspace_id, created_at, updated_at, name, languages, in_network, newsletter_opt_in)
       select id, $2, $3, $3, name, '[]', true, false from unnest($1::uuid[], $4::text[]) as r(id, name)`,
      [slice.map((index) => rows.creator[index]), workspaceId, new Date(now - year), slice.map(() => sentence(2))],
    );
    await insert(
      `insert into thread (id, workspace_id, created_at, creator_id, last_message_at, last_preview, last_direction, last_inbound_channel, unread, waiting_since, version)
       select id, $1, $2, creator, at, preview, direction, null, unread, case when unread > 0 then at end, 1
         from unnest($3::uuid[], $4::uuid[], $5::timestamptz[], $6::text[], $7::text[], $8::int[]) as r(id, creator, at, preview, direction, unread)`,
      [
        workspaceId, new Date(now - year), slice.map((index) => rows.thread[index]), slice.map((index) => rows.creator[index]),
        slice.map((index) => last[index]?.instant ?? null), slice.map((index) => last[index]?.text.slice(0, 140) ?? null),
        slice.map((index) => (last[index] === null ? null : last[index].inbound ? 'in' : 'out')), slice.map((index) => (last[index]?.inbound ? 1 : 0)),
      ],
    );
  }
  const pairs = [...facets].map((each) => each.split('|'));
  for (let at = 0; at < pairs.length; at += chunk) {
    const slice = pairs.slice(at, at + chunk);
    await insert(
      `insert into thread_facet (workspace_id, thread_id, facet, last_message_at)
       select $1, t.id, r.facet, t.last_message_at from unnest($2::uuid[], $3::text[]) as r(id, facet) join thread t on t.id = r.id`,
      [workspaceId, slice.map(([thread]) => rows.thread[Number(thread)]), slice.map(([, facet]) => facet)],
    );
  }
  await client.query(`set maintenance_work_mem = '512MB'`);
  for (const { indexdef } of indexes) await client.query(indexdef);
  await client.query('set session_replication_role = default');
  for (const table of ['message', 'thread', 'thread_facet', 'creator']) await client.query(`vacuum analyze ${table}`);
  await client.end();
  return { campaigns };
}

function uuid() {
  const hex = randomBytes(16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
