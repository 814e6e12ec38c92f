import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { may, type Action } from '@sevenfold/domain/roles';
import { newId } from '@sevenfold/platform/ids';
import { EventStream } from '@sevenfold/testing/live';
import { callersOf, type Caller } from './callers.js';
import { isStream, jsonBody, operations, type Operation } from './document.js';
import { example, idPaths, isId, kindOf, withAt } from './example.js';
import { filled, send, type Filling, type Sent } from './requests.js';
import { materialsOf, proofWorld, type ProofWorld } from './world.js';

/*
 * Every operation of the committed openapi.json × everybody who could call × one's own workspace and another one. Nothing here lists
 * routes: one that is added is proven as soon as it is in the document, or this fails because the fixture has no object for it.
 */

let world: ProofWorld;
let callers: Caller[];
/** Every id of the other workspace, which no answer to this one may hold unless it was asked with it. */
let theirIds: Set<string>;
const tally = { calls: 0, through: new Map<string, number>() };

beforeAll(async () => {
  world = await proofWorld();
  callers = callersOf(world.mine);
  const tables = await world.api.rows<{ name: string }>(
    `select c.table_name as name from information_schema.columns c join information_schema.columns i using (table_schema, table_name)
      where c.table_schema = 'public' and c.column_name = 'workspace_id' and i.column_name = 'id' and i.data_type = 'uuid'`);
  const ids = await Promise.all(tables.map(({ name }) => world.api.rows<{ id: string }>(`select id from "${name}" where workspace_id = ?`, [world.theirs.workspaceId])));
  theirIds = new Set([world.theirs.workspaceId, ...ids.flat().map(({ id }) => id)]);
}, 300_000);
afterAll(async () => {
  console.log(`${operations.length} operations, ${callers.length} callers, ${tally.calls} requests; own objects were answered ${JSON.stringify(Object.fromEntries([...tally.through].sort()))}`);
  await world[Symbol.asyncDispose]();
});

async function ask(operation: Operation, caller: Caller, filling: Filling): Promise<Sent> {
  tally.calls += 1;
  const answer = await send(world.api.url, operation, caller, filling);
  expectNothingOfTheirs(`${operation.title} as ${caller.name}`, answer, filling);
  return answer;
}

const uuids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** No word and no id of the other workspace, but for what the request itself had named. */
function expectNothingOfTheirs(what: string, { text }: Sent, asked: Filling): void {
  const known = JSON.stringify(asked);
  const leaked = [...new Set(text.match(uuids) ?? [])].filter((id) => theirIds.has(id) && !known.includes(id));
  expect({ what, leaked, canary: text.toLowerCase().includes(world.theirs.canary) }).toEqual({ what, leaked: [], canary: false });
}

const mine = (caller: Caller) => materialsOf(world.mine, caller.isCreator, caller.own);
const theirs = (caller: Caller) => materialsOf(world.theirs, caller.isCreator);
const brief = ({ status, json, text }: Sent) => `${status} ${json === null ? text.slice(0, 200) : JSON.stringify(json).slice(0, 400)}`;

/** What an answer says apart from the names of the request. */
const told = ({ status, json }: Sent, id: string): unknown => {
  const { instance: _i, requestId: _r, ...rest } = Object(json);
  return JSON.parse(JSON.stringify({ status, ...rest }).replaceAll(id, '{id}'));
};

/** A proof that has nothing to prove for an operation is none. */
const testIf = (applies: unknown, title: string, run: () => Promise<void>): void => {
  if (applies) test(`${title}`, run);
};

describe.each(operations.map((operation) => [operation.title, operation] as const))('%s', (_title, operation) => {
  const foreign = () => callers.filter((caller) => caller.verdict(operation) === 'through');

  test('lets through whom the policy lets through, and nobody else', async () => {
    const wrong: string[] = [];
    for (const caller of callers) {
      const answer = await ask(operation, caller, filled(operation, mine(caller)));
      const verdict = caller.verdict(operation);
      const right = verdict === 'through' ? answer.status < 500 && ![401, 403, 404].includes(answer.status) : answer.status === verdict;
      if (!right && !(operation.path === '/readyz' && answer.status === 503)) wrong.push(`${caller.name}: expected ${verdict}, was told ${brief(answer)}`);
      if (verdict === 'through') tally.through.set(String(answer.status), (tally.through.get(String(answer.status)) ?? 0) + 1);
      const changed = await world.snapshot.changedOf(world.theirs.workspaceId);
      if (changed.length > 0) wrong.push(`${caller.name}: changed another workspace's ${changed.join(', ')}`);
      await world.snapshot.restore();
    }
    expect(wrong).toEqual([]);
  });

  const ids = operation.parameters.filter((each) => each.in === 'path' && each.name !== 'key' && each.name !== 'number' && each.name !== 'hash');
  const tenants = operation.policy !== 'public' && ids.length > 0;
  testIf(tenants, 'answers 404 to an id of another workspace in its path', async () => {
    const wrong: string[] = [];
    for (const caller of foreign()) {
      const own = filled(operation, mine(caller));
      const other = filled(operation, theirs(caller));
      const paths = ids.length === 1 ? [other.path] : [other.path, ...ids.map(({ name }) => ({ ...own.path, [name]: other.path[name] ?? '' }))];
      for (const path of paths) {
        const answer = await ask(operation, caller, { ...own, path });
        if (answer.status !== 404 || answer.json?.code !== 'not_found') wrong.push(`${caller.name}: ${brief(answer)}`);
      }
    }
    expect([wrong, await world.snapshot.changedOf(world.theirs.workspaceId)]).toEqual([[], []]);
    await world.snapshot.restore();
  });

  const isReviewers = operation.policy.includes('.') && may('client-reviewer', operation.policy as Action) && !isStream(operation);
  testIf(isReviewers, 'shows a reviewer of another client nothing of this one', async () => {
    const reviewer = { ...callers[0], name: 'a reviewer of another client', token: world.mine.otherReviewer.token, verdict: () => 'through' as const };
    const answer = await ask(operation, reviewer, filled(operation, mine(reviewer)));
    await world.snapshot.restore();
    const nothing = ids.length > 0 ? answer.status === 404 : answer.json?.data?.length === 0;
    expect([nothing, brief(answer)]).toEqual([true, brief(answer)]);
  });

  const schema = jsonBody(operation);
  testIf(schema && operation.policy !== 'public', 'answers to an id of another workspace in its body as to one of nowhere', async () => {
    const wrong: string[] = [];
    for (const caller of foreign()) {
      const least = filled(operation, mine(caller));
      const full = filled(operation, mine(caller), true).body;
      for (const place of idPaths(schema ?? {}, full)) {
        const [top] = place;
        const kind = kindOf(String(place.findLast((each) => typeof each === 'string')));
        const withId = (id: string): Filling => ({ ...least, body: withAt({ ...Object(least.body), [String(top)]: Object(full)[String(top)] }, place, id) });
        const [id, nowhere] = [theirs(caller).idOf(kind), newId()];
        const answer = await ask(operation, caller, withId(id));
        const changed = await world.snapshot.changedOf(world.theirs.workspaceId);
        if (changed.length > 0) wrong.push(`${caller.name}, ${place.join('.')}: changed another workspace's ${changed.join(', ')}`);
        await world.snapshot.restore();
        const unknown = await ask(operation, caller, withId(nowhere));
        await world.snapshot.restore();
        const same = JSON.stringify(told(answer, id)) === JSON.stringify(told(unknown, nowhere));
        // What is done to many tells of each; nothing may have come of this one.
        const refused = answer.status >= 400 || answer.text.includes('not_found');
        if (!same || !refused) wrong.push(`${caller.name}, ${place.join('.')}: theirs ${brief(answer)}, nowhere ${brief(unknown)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  const queries = operation.parameters.filter((each) => each.in === 'query' && isId(each.schema));
  testIf(queries.length > 0, 'answers to an id of another workspace in its query as to one of nowhere', async () => {
    const wrong: string[] = [];
    for (const caller of foreign()) {
      const own = filled(operation, mine(caller));
      for (const { name, schema: of } of queries) {
        const id = String(example(of, theirs(caller), { field: name }));
        const nowhere = newId();
        const answer = await ask(operation, caller, { ...own, query: { ...own.query, [name]: id } });
        const unknown = await ask(operation, caller, { ...own, query: { ...own.query, [name]: nowhere } });
        const empty = answer.status === 200 && answer.json?.data?.length === 0;
        if (JSON.stringify(told(answer, id)) !== JSON.stringify(told(unknown, nowhere)) || !(empty || answer.status === 404 || answer.status === 422)) {
          wrong.push(`${caller.name}, ${name}: theirs ${brief(answer)}, nowhere ${brief(unknown)}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  const isList = operation.parameters.some(({ name }) => name === 'cursor');
  testIf(isList, 'shows nothing of another workspace to who brings its cursor', async () => {
    const wrong: string[] = [];
    const everybodyThere = callersOf(world.theirs);
    for (const caller of foreign()) {
      const there = everybodyThere.find(({ name }) => name === caller.name);
      if (!there) continue;
      const page = filled(operation, theirs(caller));
      const first = await send(world.api.url, operation, there, { ...page, query: { ...page.query, limit: '1' } });
      await world.snapshot.restore();
      const cursor: unknown = first.json?.nextCursor;
      if (typeof cursor !== 'string') continue;
      const own = filled(operation, mine(caller));
      const answer = await ask(operation, caller, { ...own, query: { ...own.query, cursor } });
      if (answer.status !== 200 && answer.status !== 422) wrong.push(`${caller.name}: ${brief(answer)}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe('live streams', () => {
  const streams = operations.filter(isStream);
  test.each(streams.map((operation) => [operation.title, operation] as const))('%s tells nobody of another workspace’s changes', async (_title, operation) => {
    expect(streams.length).toBeGreaterThan(0);
    for (const caller of callers.filter((each) => each.verdict(operation) === 'through')) {
      const stream = await EventStream.open(world.api.url + operation.path, caller);
      await stream.until('the beginning', () => stream.events.length > 0 || stream.comments > 0);
      for (const tenant of [world.theirs, world.mine]) {
        // A message tells the team and the creator; an application those who see no inbox.
        await world.api.call('POST', `/v1/threads/${tenant.ids['threads']}/messages`, { token: tenant.ownerToken, body: { text: 'Live' } });
        await world.api.call('PATCH', `/v1/applications/${tenant.ids['applications']}`, { token: tenant.ownerToken, body: { status: 'selected' } });
      }
      await stream.until('our own change', () => stream.hints.length > 0);
      stream.close();
      expectNothingOfTheirs(`${operation.title} as ${caller.name}`, { status: 200, headers: new Headers(), text: JSON.stringify(stream.events), json: null }, { path: {}, query: {} });
      await world.snapshot.restore();
    }
  });
});
