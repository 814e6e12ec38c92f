import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '@sevenfold/platform/ids';
import fc from 'fast-check';
import { faultsOf } from './answers.js';
import { brokenText, nasty, placesIn, valid } from './arbitrary.js';
import { callersOf, type Caller } from './callers.js';
import { jsonBody, operations, type Operation } from './document.js';
import { withAt } from './example.js';
import { closeLines, sendRaw, type RawRequest } from './raw.js';
import { filled, type Filling, type Sent } from './requests.js';
import { materialsOf, proofWorld, type ProofWorld } from './world.js';

/*
 * Every operation of the committed openapi.json, asked as nobody should ask. Reproducible: `SEED=… npm run test:long -- fuzz`.
 * FUZZ_RUNS says how many requests of each kind an operation gets.
 */

const seed = Number(process.env['SEED'] ?? 1);
const runs = Number(process.env['FUZZ_RUNS'] ?? 12);
/** Of everything: the tests themselves, the API and both workspaces live in this process. */
const mostBytes = 800_000_000;

let world: ProofWorld;
let callers: Caller[];
const statuses = new Map<number, number>();
beforeAll(async () => {
  console.log(`SEED=${seed}, ${runs} requests of each kind for each of ${operations.length} operations`);
  world = await proofWorld();
  callers = callersOf(world.mine);
}, 300_000);
afterAll(async () => {
  console.log(`answers by status: ${JSON.stringify(Object.fromEntries([...statuses].sort()))}; heap at the end ${Math.round(process.memoryUsage().heapUsed / 1e6)} MB`);
  closeLines();
  await world[Symbol.asyncDispose]();
});

/** The one of all who may, with whom most gets through. */
const callerOf = (operation: Operation): Caller => {
  const caller = callers.find((each) => each.verdict(operation) === 'through');
  if (!caller) throw new Error(`Nobody may ${operation.title}`);
  return caller;
};
const materials = (caller: Caller) => materialsOf(world.mine, caller.isCreator, caller.own);

const head = (caller: Caller, more: Record<string, string> = {}): Record<string, string> => ({
  ...(caller.token !== '' && { authorization: `Bearer ${caller.token}` }), ...caller.headers, ...more,
});

function rawOf(operation: Operation, caller: Caller, { path, query, body, headers }: Filling): RawRequest {
  const target = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
  const search = new URLSearchParams(query).toString();
  const bytes = body === undefined ? undefined : body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return {
    method: operation.method, target: search === '' ? target : `${target}?${search}`, body: bytes,
    headers: head(caller, { ...(bytes && !(body instanceof Uint8Array) && { 'content-type': 'application/json' }), ...headers }),
  };
}

/** Sends it, looks for what is wrong with any answer, and puts everything back. */
async function ask(operation: Operation, raw: RawRequest): Promise<Sent> {
  const answer = await sendRaw(world.api.url, operation, raw);
  statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
  if (operation.method !== 'GET') await world.snapshot.restore();
  const faults = faultsOf(operation, answer);
  if (faults.length > 0) throw new Error(`${faults.join('; ')}\n${raw.method} ${raw.target.slice(0, 500)} ${describeBody(raw)}\n${answer.status} ${answer.text.slice(0, 500)}`);
  return answer;
}
const describeBody = ({ body, headers }: RawRequest) => `${JSON.stringify({ ...headers, authorization: '…' })} ${body === undefined ? '' : Buffer.from(body).toString().slice(0, 500)}`;

const present = (query: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

/** Some of what is as odd for one operation as for another: together they get all of it. */
const someOf = <T>(all: T[], count: number, operation: Operation): T[] =>
  fc.sample(fc.shuffledSubarray(all, { minLength: count, maxLength: count }), { seed: seed + operations.indexOf(operation), numRuns: 1 })[0] ?? [];

/** @param weight how many of the usual number of requests */
async function check<T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => Promise<void>, weight = 1): Promise<void> {
  await fc.assert(fc.asyncProperty(arbitrary, property), { seed, numRuns: Math.ceil(runs * weight), interruptAfterTimeLimit: 60_000 });
}

/** A proof that has nothing to prove for an operation is none. */
const testIf = (applies: unknown, title: string, run: () => Promise<void>): void => {
  if (applies) test(`${title}`, run);
};

describe.each(operations.map((operation) => [operation.title, operation] as const))('%s', (_title, operation) => {
  const schema = jsonBody(operation);
  const queries = operation.parameters.filter((each) => each.in === 'query');
  const paths = operation.parameters.filter((each) => each.in === 'path');

  testIf(schema, 'answers valid bodies as described', async () => {
    const caller = callerOf(operation);
    const own = filled(operation, materials(caller));
    await check(valid(schema ?? {}, materials(caller)), async (body) => void (await ask(operation, rawOf(operation, caller, { ...own, body }))));
  });

  testIf(schema, 'names what is wrong with a body', async () => {
    const caller = callerOf(operation);
    const own = filled(operation, materials(caller));
    const bodies = fc.oneof(fc.constant(own.body), valid(schema ?? {}, materials(caller)));
    const mutation = fc.record({ body: bodies, at: fc.nat(), put: nasty, unknown: fc.boolean() });
    await check(mutation, async ({ body, at, put, unknown }) => {
      const places = placesIn(body);
      const place = places[at % places.length] ?? [];
      const mutated = unknown && typeof body === 'object' ? { ...body, ['notAField']: put } : withAt(body, place, put);
      const answer = await ask(operation, rawOf(operation, caller, { ...own, body: JSON.stringify(mutated) }));
      if (unknown && answer.status < 300) throw new Error(`An unknown field was taken: ${JSON.stringify(mutated).slice(0, 300)}`);
      if (answer.json?.code !== 'invalid_fields' || unknown) return;
      const before = await ask(operation, rawOf(operation, caller, { ...own, body: JSON.stringify(body) }));
      if (before.status < 300 && place.length > 0) {
        const named = answer.json.fields.map(({ path }: { path: string }) => path);
        const top = String(place[0]);
        if (!named.some((path: string) => path === '' || path.split('.')[0] === top)) throw new Error(`${place.join('.')} was wrong, named was ${named.join(', ')}`);
      }
    }, 2);
  });

  testIf(schema, 'survives what is no JSON', async () => {
    const caller = callerOf(operation);
    const own = filled(operation, materials(caller));
    await check(brokenText(JSON.stringify(own.body)), async (text) => {
      await ask(operation, rawOf(operation, caller, { ...own, body: text }));
      if ('polluted' in {}) throw new Error('A body reached the prototype of all objects');
    });
  });

  testIf(queries.length > 0, 'names what is wrong with a query', async () => {
    const caller = callerOf(operation);
    const own = filled(operation, materials(caller));
    const cursors = fc.oneof(
      fc.constantFrom('', 'x', '-', 'e30', 'W10', 'bnVsbA', 'eyJrIjpudWxsfQ', 'eyJrZXkiOiJ4IiwiaWQiOiJ5In0', 'A'.repeat(1_999), 'A'.repeat(2_001)),
      fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
      fc.record({ key: fc.oneof(fc.string(), fc.integer(), fc.constantFrom('infinity', '-infinity', '2026-13-01T00:00:00Z', '294277-01-01T00:00:00Z', '2026-11-23T09:00:00.000Z', 'a\0')), id: fc.oneof(fc.string(), fc.uuid()) })
        .map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
    );
    const value = (name: string) => fc.oneof(name === 'cursor' ? cursors : fc.string({ unit: 'binary', maxLength: 50 }), nasty.map((each) => String(typeof each === 'object' ? JSON.stringify(each) : each).slice(0, 3_000)));
    const good = queries.map((each) => [each.name, valid(each.schema, materials(caller), each.name).map(String)] as const);
    const bad = queries.map((each) => [each.name, value(each.name)] as const);
    await check(fc.record(Object.fromEntries(good), { requiredKeys: [] }), async (query) => void (await ask(operation, rawOf(operation, caller, { ...own, query: { ...own.query, ...present(query) } }))));
    await check(fc.record(Object.fromEntries(bad), { requiredKeys: [] }), async (query) => void (await ask(operation, rawOf(operation, caller, { ...own, query: { ...own.query, ...present(query) } }))), 2);
    const raw = rawOf(operation, caller, own);
    for (const tail of ['limit=1&limit=2', 'limit[]=1', 'limit[$gt]=1', 'a=1', '__proto__=1', '%', '%00=%00', '%ff%fe', '&&&', `x=${'y'.repeat(6_000)}`]) {
      await ask(operation, { ...raw, target: `${raw.target}${raw.target.includes('?') ? '&' : '?'}${tail}` });
    }
  });

  testIf(paths.length > 0, 'knows nothing of what is no id', async () => {
    const caller = callerOf(operation);
    const own = rawOf(operation, caller, filled(operation, materials(caller)));
    const odd = ['42', '%00', '%ff', '%', '%2e%2e%2f', '..%5c', '%F0%9F%A6%84', newId().toUpperCase(), '00000000-0000-0000-0000-000000000000', `${newId()}%00`, `${newId()}%20`, 'x'.repeat(4_000), '__proto__', 'null', "'", '-1'];
    for (const each of someOf(odd, 6, operation)) {
      const answer = await ask(operation, { ...own, target: operation.path.replaceAll(/\{\w+\}/g, each) });
      if (answer.status < 400) throw new Error(`${each} was found: ${answer.text.slice(0, 200)}`);
    }
  });

  test('survives odd headers', async () => {
    const caller = callerOf(operation);
    const own = rawOf(operation, caller, filled(operation, materials(caller)));
    const odd: Record<string, string>[] = [
      { 'content-type': 'text/plain' }, { 'content-type': 'application/xml' }, { 'content-type': 'multipart/form-data' }, { 'content-type': 'multipart/form-data; boundary=x' }, { 'content-type': 'application/json; charset=utf-16' },
      { 'content-type': 'application/json; charset=nonsense' }, { 'content-type': 'application/x-www-form-urlencoded' }, { 'content-type': ';;;' }, { 'content-type': '' }, { 'content-encoding': 'gzip' }, { 'content-encoding': 'nonsense' },
      { 'content-encoding': 'deflate, gzip' }, { accept: 'application/xml' }, { accept: '*/*;q=x' }, { 'accept-encoding': 'br;q=nonsense' }, { range: 'bytes=5-1' }, { range: 'bytes=999999-' }, { 'if-none-match': '*' }, { 'if-modified-since': 'never' },
      { 'idempotency-key': '' }, { 'idempotency-key': 'x'.repeat(256) }, { 'idempotency-key': '\xe9\xff' }, { 'idempotency-key': ' ' }, { 'idempotency-key': `'; --` }, { 'last-event-id': 'nonsense' }, { 'last-event-id': '-1' },
      { 'last-event-id': '9'.repeat(400) }, { 'x-request-id': 'x'.repeat(5_000) }, { 'x-request-id': '\xff' }, { 'x-forwarded-for': '"><script>' }, { 'x-forwarded-host': 'evil.test' }, { 'x-http-method-override': 'DELETE' }, { expect: 'nonsense' },
      { 'x-acting-as': 'slack:' }, { 'x-workspace': 'nonsense' }, { traceparent: '00-x-y-z' }, { cookie: 'a=b; a=c; =' }, { authorization: 'Bearer' }, { authorization: 'Basic eDp5' }, { authorization: `Bearer ${'x'.repeat(6_000)}` },
      { authorization: 'Bearer \xff\xfe' }, { authorization: 'Bearer sf_' }, { authorization: `Bearer ${caller.token} ${caller.token}` },
    ];
    for (const headers of someOf(odd, 10, operation)) await ask(operation, { ...own, headers: { ...own.headers, ...headers } });
  });

  const isUpload = operation.bodies['application/octet-stream'] !== undefined;
  testIf(isUpload, 'takes any bytes as a file, or says why not', async () => {
    const caller = callerOf(operation);
    const own = filled(operation, materials(caller));
    const types = fc.constantFrom('image/png', 'text/html', 'application/octet-stream', 'x', 'image/svg+xml', 'application/zip; a=b', 'multipart/form-data; boundary=b', 'multipart/form-data');
    const names = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('', '.', '..', 'CON', 'a/b', '\u202egnp.exe', 'x'.repeat(2_000), '\0'));
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 2_000 }), fc.string({ maxLength: 200 }).map((content) => Buffer.from(`--b\r\ncontent-disposition: form-data; name="file"; filename="${content}"\r\n\r\n${content}\r\n--b--`)));
    const named = queries.some(({ name }) => name === 'filename');
    await check(fc.record({ type: types, name: names, body: bytes }), async ({ type, name, body }) =>
      void (await ask(operation, rawOf(operation, caller, { ...own, body, headers: { 'content-type': type }, query: named ? { filename: name } : {} }))), 3);
  });

  testIf(operation.method === 'POST' && operation.policy !== 'public', 'answers the same to the same key, and refuses another body with it', async () => {
    const caller = callerOf(operation);
    const own = filled(operation, materials(caller));
    const raw = rawOf(operation, caller, own);
    const key = { 'idempotency-key': newId() };
    const once = () => sendRaw(world.api.url, operation, { ...raw, headers: { ...raw.headers, ...key } });
    const [first, second] = [await once(), await once()];
    const apart = ({ status, json, text }: Sent) => ({ status, body: json === null ? text : { ...Object(json), requestId: '' } });
    // When to come back is said anew each time.
    if (first.status === 429) expect(second.status).toBe(429);
    else expect(apart(second)).toEqual(apart(first));
    if (first.status < 300 && !isUpload) expect(second.headers.get('idempotency-replay')).toBe('true');
    if (schema && first.status < 300) {
      const other = await sendRaw(world.api.url, operation, { ...raw, body: Buffer.from(JSON.stringify({ ...Object(own.body), other: newId() })), headers: { ...raw.headers, ...key } });
      expect(other.status).toBe(422);
    }
    await world.snapshot.restore();
    expect(first.status).toBeLessThan(500);
  });

  test('leaves the process well', async () => {
    const answer = await world.api.call('GET', '/healthz', { token: '' });
    expect([answer.status, process.memoryUsage().heapUsed < mostBytes]).toEqual([200, true]);
  });
});
