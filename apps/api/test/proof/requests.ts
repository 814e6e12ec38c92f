import { example, type Materials } from './example.js';
import { isStream, jsonBody, type Operation, type Parameter } from './document.js';
import type { Caller } from './callers.js';

export interface Sent {
  status: number;
  headers: Headers;
  text: string;
  /** Null when the text is no JSON. */
  json: ReturnType<typeof JSON.parse>;
}

/** What goes into one request besides who sends it. */
export interface Filling {
  path: Record<string, string>;
  query: Record<string, string>;
  /** Undefined: none. Bytes and text go as they are. */
  body?: unknown;
  headers?: Record<string, string>;
}

const png = Buffer.from('\x89PNG\r\n\x1a\n and pixels', 'latin1');

const mailServer = { host: '127.0.0.1', port: 1025, security: 'none', user: 'proof', password: 'proof' };

/** What no schema can say of a body: by operation, in place of what is made of the schema or beside it. */
const known: Record<string, (materials: Materials) => object> = {
  'POST /v1/broadcasts': ({ idOf }) => ({ recipients: { creators: [idOf('creators')] }, texts: { subject: 'Proof', text: 'Proof' } }),
  'PATCH /v1/broadcasts/{id}': () => ({ name: 'Proof' }),
  'POST /v1/campaigns/{id}/reschedule': ({ idOf }) => ({ scheduleId: idOf('schedules') }),
  'PATCH /v1/messages/{id}': ({ idOf }) => ({ campaignId: idOf('campaigns') }),
  'PATCH /v1/threads/{id}': ({ idOf }) => ({ assigneeId: idOf('members') }),
  'POST /v1/threads/{id}/messages': () => ({ text: 'Proof' }),
  'POST /v1/creator/thread': () => ({ text: 'Proof' }),
  'PATCH /v1/results/{id}': () => ({ figures: { likes: 5 } }),
  'PATCH /v1/creator/results/{id}': () => ({ figures: { likes: 5 } }),
  'POST /v1/sequences': () => ({ steps: [{ afterHours: 24, texts: { subject: 'Proof', text: 'Proof' } }] }),
  'PATCH /v1/campaigns/{id}': () => ({ name: 'Proof' }),
  'POST /v1/campaigns/{id}/applications/by-hand': ({ idOf }) => ({ creatorId: idOf('uninvolved creator') }),
  'POST /v1/campaigns/{id}/customer-success-requests': ({ idOf }) => ({ creatorId: idOf('uninvolved creator') }),
  'POST /v1/schedules': () => ({ schedule: { day: 'calendar', milestones: [{ key: 'close', action: 'close', moment: { day: 7, at: '09:00' }, lateness: 'run' }] } }),
  'PUT /v1/templates/{key}': () => ({ expectedVersion: 1, forms: { text: 'Proof {{link}}' } }),
  'PUT /v1/mailboxes/mine': () => ({ smtp: mailServer, imap: { ...mailServer, port: 1143 } }),
  'POST /v1/tokens': () => ({ scopes: ['read'] }),
};

/** Objects in the state in which the operation can be done, where the usual one of their kind is in another. */
const inState: Record<string, string> = {
  'POST /v1/campaigns/{id}/publish': 'draft campaign', 'PATCH /v1/campaigns/{id}': 'draft campaign', 'DELETE /v1/campaigns/{id}': 'draft campaign',
  'POST /v1/campaigns/{id}/finish': 'started campaign', 'POST /v1/campaigns/{id}/group-message': 'started campaign', 'GET /v1/campaigns/{id}/addresses.xlsx': 'started campaign',
  'POST /v1/campaigns/{id}/start': 'closed campaign', 'POST /v1/campaigns/{id}/resume': 'paused campaign', 'POST /v1/campaigns/{id}/agreements': 'open campaign',
  'GET /v1/creator/campaigns/{id}/entry': 'campaign applied to', 'PUT /v1/creator/campaigns/{id}/entry': 'campaign applied to',
  'DELETE /v1/creators/{id}': 'uninvolved creator', 'POST /v1/messages/{id}/move': 'received message', 'POST /v1/broadcasts/{id}/pause': 'sending broadcast',
  'POST /v1/broadcasts/{id}/retry': 'sending broadcast', 'POST /v1/broadcasts/{id}/resolve-unknown': 'sending broadcast', 'DELETE /v1/broadcasts/{id}/schedule': 'scheduled broadcast',
};

/** A request as its schema wants it, naming objects that `materials` knows. @param full every field there is */
export function filled(operation: Operation, materials: Materials, full = false): Filling {
  const value = (parameter: Parameter) => String(pathExample(operation, parameter, materials));
  const path = Object.fromEntries(operation.parameters.filter((each) => each.in === 'path').map((each) => [each.name, value(each)]));
  const query = Object.fromEntries(
    operation.parameters.filter((each) => each.in === 'query' && each.required).map((each) => [each.name, String(example(each.schema, materials, { field: each.name }))]),
  );
  const schema = jsonBody(operation);
  if (schema) return { path, query, body: full ? example(schema, materials, { full }) : { ...Object(example(schema, materials)), ...known[operation.title]?.(materials) } };
  return operation.bodies['application/octet-stream'] ? { path, query, body: png, headers: { 'content-type': 'image/png' } } : { path, query };
}

/** The kind of a path's object is the word before it: `/v1/creators/{id}` names `creators`. */
function pathExample({ path, title }: Operation, { name }: Parameter, { idOf }: Materials): string {
  const words = path.split('/');
  const before = words[words.indexOf(`{${name}}`) - 1] ?? '';
  const special = name === 'id' ? inState[title] : undefined;
  return idOf(special ?? (before.startsWith('{') || name === 'number' ? name : before));
}

/** Sends it. A stream that never ends is read until its first words. */
export async function send(url: string, operation: Operation, caller: Pick<Caller, 'token' | 'headers'>, { path, query, body, headers }: Filling): Promise<Sent> {
  const filledPath = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
  const search = new URLSearchParams(query).toString();
  const raw = body instanceof Uint8Array || typeof body === 'string';
  const abort = new AbortController();
  const response = await fetch(`${url}${filledPath}${search && `?${search}`}`, {
    method: operation.method,
    signal: abort.signal,
    redirect: 'manual',
    headers: {
      ...(caller.token !== '' && { authorization: `Bearer ${caller.token}` }),
      ...(body !== undefined && !raw && { 'content-type': 'application/json' }),
      ...caller.headers,
      ...headers,
    },
    ...(body !== undefined && { body: raw ? (body as string) : JSON.stringify(body) }),
  });
  const text = isStream(operation) && response.status === 200 ? await beginning(response) : await response.text();
  abort.abort();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, text, json: isJson && text !== '' ? JSON.parse(text) : null };
}

async function beginning({ body }: Response): Promise<string> {
  const { value } = (await body?.getReader().read()) ?? {};
  return new TextDecoder().decode(value);
}
