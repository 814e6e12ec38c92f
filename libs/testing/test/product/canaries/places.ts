import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import ExcelJS from 'exceljs';
import pg from 'pg';
import { databaseUrls } from '../../../src/postgres/index.js';
import type { Product, TestApi } from '../../../src/product/index.js';

/** Everything a place holds as one text, to be searched for canaries. */
export type Place = Map<string, string>;

/** The logs of every process, the launcher's own too; the mail sink is the outside world, where mails arrive. */
export async function logs({ home }: Product): Promise<Place> {
  const folder = join(home, 'logs');
  const files = (await readdir(folder)).filter((file) => file !== 'mail.log');
  const texts = await Promise.all(files.map(async (file) => [`log ${file}`, await readFile(join(folder, file), 'utf8')] as const));
  return new Map([...texts, ['log launcher', await readFile(join(home, 'launcher.log'), 'utf8')]]);
}

/** The history of every workflow there is or was, payloads decoded. */
export async function histories({ ports }: Product): Promise<Place> {
  const connection = await Connection.connect({ address: `127.0.0.1:${ports.temporal}` });
  try {
    const client = new Client({ connection });
    const found: Place = new Map();
    for await (const { workflowId, runId } of client.workflow.list()) {
      const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      found.set(`history ${workflowId}`, JSON.stringify(history, decodePayloads));
    }
    return found;
  } finally {
    await connection.close();
  }
}

/** Payload bytes as the text they carry. */
function decodePayloads(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer' && 'data' in value && Array.isArray(value.data)) {
    return Buffer.from(value.data).toString('utf8');
  }
  return value;
}

/** Every row of every table, as role system, which sees all workspaces. */
export async function tables({ home, ports }: Product): Promise<Place> {
  const { database } = JSON.parse(await readFile(join(home, 'secrets.json'), 'utf8'));
  const { systemUrl } = databaseUrls(`postgresql://127.0.0.1:${ports.postgres}/`, 'sevenfold', database);
  const db = new pg.Client({ connectionString: systemUrl });
  await db.connect();
  try {
    const { rows } = await db.query<{ name: string }>(
      `select c.relname as name from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and has_table_privilege(c.oid, 'select')`,
    );
    const found: Place = new Map();
    for (const { name } of rows) {
      const all = await db.query<{ text: string }>(`select row_to_json(t)::text as text from ${pg.escapeIdentifier(name)} t`);
      // Bytes are written as \x…: shown as text as well, so that nothing hides in a file.
      found.set(`table ${name}`, all.rows.map(({ text }) => `${text}\n${bytesIn(text)}`).join('\n'));
    }
    return found;
  } finally {
    await db.end();
  }
}

function bytesIn(row: string): string {
  return [...row.matchAll(/\\\\x([0-9a-f]+)/g)].map(([, hex]) => Buffer.from(hex ?? '', 'hex').toString('utf8')).join('\n');
}

/** What the team can read of a campaign: every GET there is, as the owner, and the spreadsheet unpacked. */
export async function teamAnswers(api: TestApi, ids: Record<string, string[]>, openApi: { paths: Record<string, object> }): Promise<Place> {
  const found: Place = new Map();
  for (const [path, methods] of Object.entries(openApi.paths)) {
    // A stream of hints never ends; that they carry nothing but ids has a test of its own.
    if (!('get' in methods) || path === '/v1/live' || path.startsWith('/v1/creator/') || path.startsWith('/v1/bot') || path.endsWith('.xlsx')) continue;
    for (const filled of fill(path, ids)) {
      const { status, body } = await api.get(filled);
      if (status < 500) found.set(`GET ${filled}`, JSON.stringify(body));
      else throw new Error(`GET ${filled} answered ${status}`);
    }
  }
  return found;
}

/** The paths of a template, `{id}` filled by what the segment before it is called. */
function fill(path: string, ids: Record<string, string[]>): string[] {
  const noun = /\/([a-z-]+)\/\{id\}/.exec(path)?.[1];
  if (noun === undefined) return [path];
  return (ids[noun] ?? []).map((id) => path.replace('{id}', id)).filter((each) => !each.includes('{'));
}

/** The address sheet as text. */
export async function addressSheet(product: Product, token: string, campaignId: string): Promise<string> {
  const response = await fetch(`${product.api.url}/v1/campaigns/${campaignId}/addresses.xlsx`, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) return `${response.status} ${await response.text()}`;
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await response.arrayBuffer());
  const cells: string[] = [];
  workbook.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell((cell) => cells.push(cell.text))));
  return cells.join('\n');
}
