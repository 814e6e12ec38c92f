import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '@sevenfold/platform/ids';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { changeCreator } from '../../creators/index.js';
import { queueMessage, type QueueMessageInput } from '../queue-message.js';
import { sendOne } from '../sending/send-one.js';
import { getMessage } from '../threads/list-messages.js';

const app = fakeChannel({ channel: 'in-app', traits: { needsAppSession: true, repeatHarmless: true } });
const mail = fakeChannel({ channel: 'email' });
let world: MessagingWorld;
beforeAll(async () => {
  world = await messagingWorld([app, mail]);
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const write = async (creatorId: string, input: Partial<QueueMessageInput> = {}) => {
  const { messageId } = await world.run((tx) =>
    queueMessage(tx, { creatorId, kind: 'chat', texts: { text: 'Hello' }, dedupeKey: newId(), automatic: false, purpose: 'conversation', ...input }));
  await send(messageId);
  return messageId;
};
const send = (messageId: string) => sendOne(world.db, { workspaceId: world.workspaceId, messageId });
const view = (messageId: string) => world.run((tx) => getMessage(tx, messageId));
const notices = (creatorId: string) => world.rows<{ status: string; kind: string }>('select kind, status from notice where creator_id = ?', [creatorId]);
const woken = async () => (await world.rows<{ payload: { messageId: string } }>(`select payload from outbox_item where kind = 'message.changed' and done_at is null`)).map(({ payload }) => payload.messageId);

test('what could not be sent for lack of an address is a task, and goes once there is one', async () => {
  const who = await world.addCreator();
  const now = await world.clock.now();
  const over = await write(who, { deadlineAt: new Date(now.getTime() + 3_600_000) });
  const stale = await write(who, { kind: 'agreement', purpose: 'notice', automatic: true, campaignId: await world.addCampaign() });
  const letter = await write(who, { kind: 'newsletter', purpose: 'newsletter', automatic: true });
  const id = await write(who);
  expect(await view(id)).toMatchObject({ status: 'failed', code: 'no_address', deliveries: [] });
  expect(await notices(who)).toEqual([{ kind: 'missing-address', status: 'open' }]);
  world.clock.advance(2 * 3_600_000);
  await world.run((tx) => changeCreator(tx, who, { contactPoints: [{ channel: 'email', address: 'found@x.test' }] }));
  expect(await notices(who)).toEqual([{ kind: 'missing-address', status: 'done' }]);
  expect(await woken()).toEqual([id]);
  for (const each of [id, over, stale, letter]) await send(each);
  expect(await view(id)).toMatchObject({ status: 'sent', channel: 'email' });
  for (const each of [over, stale, letter]) expect((await view(each)).status).toBe('failed');
  expect(mail.arrived.map(({ to }) => to)).toEqual(['found@x.test']);
  // Another address later sends nothing again.
  await world.run((tx) => changeCreator(tx, who, { contactPoints: [{ channel: 'email', address: 'found@x.test' }, { channel: 'email', address: 'second@x.test' }] }));
  await send(id);
  expect(mail.arrived).toHaveLength(1);
});

test('signing in to the app is an address too; a week later it is no news', async () => {
  const [soon, late] = [await world.addCreator(), await world.addCreator()];
  const [first, second] = [await write(soon), await write(late)];
  await world.run((tx) => changeCreator(tx, soon, { hasApp: true }));
  await send(first);
  expect(await view(first)).toMatchObject({ status: 'sent', channel: 'in-app' });
  expect(await notices(soon)).toMatchObject([{ status: 'done' }]);
  world.clock.advance(8 * 24 * 3_600_000);
  await world.run((tx) => changeCreator(tx, late, { hasApp: true }));
  await send(second);
  expect((await view(second)).status).toBe('failed');
});
