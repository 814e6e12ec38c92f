import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLogger } from '@sevenfold/platform/logging';
import { newId } from '@sevenfold/platform/ids';
import { accepted, type InboundEvent, type InboundStatus } from '@sevenfold/plugin-sdk';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { until } from '@sevenfold/testing/util';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { eraseCreator } from '../../creators/index.js';
import { queueMessage, type QueueMessageInput } from '../queue-message.js';
import { sendOne } from '../sending/send-one.js';
import type { InboundFact } from './add-inbound.js';
import { postAsCreator } from './post-as-creator.js';
import { InboundRetry } from './inbound-retry.js';
import { receiveInbound, routePending, type ReceiveParts } from './receive-inbound.js';

/** The events of a webhook are its body; a body of `forged` is refused. */
const receive = async ({ rawBody }: { rawBody: Uint8Array }) => {
  const text = Buffer.from(rawBody).toString();
  if (text === 'forged') return { verified: false, reason: 'wrong signature', answer: { status: 403 } } as const;
  const events: InboundEvent[] = JSON.parse(text).map((event: { at: string }) => ({ ...event, at: new Date(event.at) }));
  return { verified: true, events, answer: { status: 200, body: 'taken' } } as const;
};
const app = fakeChannel({ channel: 'in-app', traits: { needsAppSession: true, repeatHarmless: true } });
const mail = fakeChannel({ channel: 'email' });
const sms = fakeChannel({ channel: 'sms', sender: '+3100', receive });

let world: MessagingWorld;
let parts: ReceiveParts;
let heard: InboundFact[] = [];
beforeAll(async () => {
  world = await messagingWorld([app, mail, sms]);
  parts = {
    system: world.system, db: world.db, logger: createLogger({ name: 'test', level: 'silent' }),
    onInbound: async (_tx, fact) => void heard.push(fact),
  };
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => {
  heard = [];
  sms.answer = (message) => accepted(`provider-${message.id}`);
});

const webhook = (...events: object[]) =>
  receiveInbound(parts, 'sms', {
    method: 'POST', path: '/v1/hooks/channels/sms', headers: {},
    rawBody: Buffer.from(JSON.stringify(events.map((event) => ({ at: '2026-11-23T09:00:00Z', to: '+3100', ...event })))),
  });
let keys = 0;
const key = () => `k${(keys += 1)}`;
const says = (from: string, text: string, providerKey = key()) => ({ kind: 'message', providerKey, from, text });
const queue = async (creatorId: string, input: Partial<QueueMessageInput> = {}) => {
  const { messageId } = await world.run((tx) =>
    queueMessage(tx, { creatorId, kind: 'chat', texts: { text: 'Hi' }, dedupeKey: key(), automatic: false, purpose: 'conversation', ...input }),
  );
  return messageId;
};
const send = (messageId: string) => sendOne(world.db, { workspaceId: world.workspaceId, messageId });
const deliveryOf = async (messageId: string) =>
  (await world.rows<{ id: string; status: string; code: string | null }>('select id, status, code from delivery where message_id = ? order by position', [messageId]));
const inbound = (creatorId: string) =>
  world.rows<{ text: string; campaign_id: string | null; channel: string }>(
    `select text, campaign_id, channel from message where creator_id = ? and direction = 'in' order by created_at, id`, [creatorId],
  );
let phones = 0;
const phone = () => `+316${String((phones += 1)).padStart(8, '0')}`;

describe('a message of a creator', () => {
  test('enters their thread once, however often the provider tells', async () => {
    const address = phone();
    const creatorId = await world.addCreator({ addresses: { sms: address } });
    const event = says(` ${address} `, 'Hello\0 there');
    for (let i = 0; i < 3; i += 1) expect(await webhook(event)).toEqual({ status: 200, body: 'taken' });
    await Promise.all([webhook(event), webhook(event)]);
    expect(await inbound(creatorId)).toEqual([{ text: 'Hello there', campaign_id: null, channel: 'sms' }]);
    expect(heard).toMatchObject([{ creatorId, text: 'Hello there' }]);
    const [thread] = await world.rows('select unread, last_direction, last_preview, last_inbound_channel from thread where creator_id = ?', [creatorId]);
    expect(thread).toEqual({ unread: 1, last_direction: 'in', last_preview: 'Hello there', last_inbound_channel: 'sms' });
  });

  test('belongs to the campaign last written of, on that channel first; a newsletter tears nothing apart', async () => {
    const address = phone();
    const creatorId = await world.addCreator({ addresses: { sms: address, email: `${address}@x.test` }, hasApp: true });
    const [invited, other] = [await world.addCampaign(), await world.addCampaign()];
    await send(await queue(creatorId, { campaignId: invited, preferredChannel: 'sms' }));
    world.clock.advance(1_000);
    await send(await queue(creatorId, { campaignId: other, preferredChannel: 'in-app' }));
    world.clock.advance(1_000);
    await send(await queue(creatorId, { kind: 'newsletter', preferredChannel: 'sms' }));
    await webhook(says(address, 'YES'));
    const posted = await world.run((tx) => postAsCreator(tx, { creatorId, text: 'and here' }));
    expect(await inbound(creatorId)).toMatchObject([{ campaign_id: invited }, { campaign_id: other, channel: 'in-app' }]);
    expect(posted).toMatchObject({ campaignId: other });
    expect(heard).toMatchObject([{ campaignId: invited, text: 'YES' }]);
  });

  test('goes to the workspace that wrote to them last, when several know the address', async () => {
    const address = phone();
    const elsewhere = await world.addWorkspace();
    const there = await world.addCreator({ addresses: { sms: address } }, elsewhere);
    const here = await world.addCreator({ addresses: { sms: address } });
    await send(await queue(here));
    await webhook(says(address, 'to you'));
    expect(await inbound(here)).toHaveLength(1);
    expect(await inbound(there)).toHaveLength(0);
  });

  test('of somebody unknown stays in the tray, and is found once they are known', async () => {
    const address = phone();
    await webhook(says(address, 'who am I'));
    const tray = () => world.rows(`select problem from inbound_item where event->>'from' = ?`, [address]);
    expect(await tray()).toEqual([{ problem: 'unknown_sender' }]);
    const creatorId = await world.addCreator({ addresses: { sms: address } });
    await routePending(parts);
    expect(await inbound(creatorId)).toHaveLength(1);
  });
});

describe('killed', () => {
  test('between storing and routing: a repeat, or the next look, brings it home', async () => {
    const address = phone();
    const creatorId = await world.addCreator({ addresses: { sms: address } });
    const event = says(address, 'stored only');
    const dying: ReceiveParts = { ...parts, onInbound: () => Promise.reject(new Error('killed')) };
    await receiveInbound(dying, 'sms', {
      method: 'POST', path: '/', headers: {}, rawBody: Buffer.from(JSON.stringify([{ ...event, to: '+3100', at: '2026-11-23T09:00:00Z' }])),
    });
    expect(await inbound(creatorId)).toHaveLength(0);
    await webhook(event);
    await routePending(parts);
    expect(await inbound(creatorId)).toHaveLength(1);
    expect(heard).toHaveLength(1);
  });

  test('between storing and routing, and nobody repeats: found by looking again', async () => {
    const address = phone();
    await webhook(says(address, 'nobody knows me yet'));
    const creatorId = await world.addCreator({ addresses: { sms: address } });
    const retry = new InboundRetry(parts, 20);
    retry.start();
    await until(async () => (await inbound(creatorId)).length === 1, { what: 'the message' });
    await retry.stop();
  });

  test('between routing and remembering it: entered once all the same', async () => {
    const address = phone();
    const creatorId = await world.addCreator({ addresses: { sms: address } });
    await webhook(says(address, 'once'));
    await world.rows(`update inbound_item set routed_at = null where event->>'from' = ?`, [address]);
    await routePending(parts);
    expect(await inbound(creatorId)).toHaveLength(1);
  });
});

describe('a status', () => {
  const status = (messageId: string, to: InboundStatus['status'], more: object = {}) =>
    ({ kind: 'status', providerKey: key(), messageId, status: to, ...more });

  test('moves only forward, whatever the order and however often', async () => {
    const orders: InboundStatus['status'][][] = [
      ['sent', 'delivered', 'read'], ['read', 'delivered', 'sent'], ['delivered', 'sent', 'read'], ['read', 'sent', 'delivered'],
    ];
    for (const order of orders) {
      const messageId = await queue(await world.addCreator({ addresses: { sms: phone() } }));
      await send(messageId);
      const [row] = await deliveryOf(messageId);
      for (const each of order) {
        const event = status(row?.id ?? '', each);
        await webhook(event);
        await webhook(event);
      }
      expect(await deliveryOf(messageId)).toMatchObject([{ status: 'read' }]);
      const [message] = await world.rows<{ status: string; read_at: string }>('select status, read_at from message where id = ?', [messageId]);
      expect(message).toMatchObject({ status: 'read', read_at: expect.any(String) });
      expect(await world.rows(`select 1 from delivery_event where delivery_id = ? and kind like 'status:%'`, [row?.id])).toHaveLength(3);
    }
  });

  test('may overtake our own mark', async () => {
    const messageId = await queue(await world.addCreator({ addresses: { sms: phone() } }));
    sms.answer = async (message) => {
      await webhook(status(message.id, 'delivered', { providerId: 'SM1' }));
      return accepted('SM1');
    };
    await send(messageId);
    expect(await deliveryOf(messageId)).toMatchObject([{ status: 'delivered' }]);
  });

  test('of an unknown one resolves it', async () => {
    const messageId = await queue(await world.addCreator({ addresses: { sms: phone() } }));
    sms.answer = () => ({ outcome: 'unknown', reason: 'cut' });
    await send(messageId);
    const [row] = await deliveryOf(messageId);
    await webhook(status(row?.id ?? '', 'sent', { providerId: 'SM2' }));
    expect(await deliveryOf(messageId)).toMatchObject([{ status: 'sent' }]);
  });

  test('by the provider id alone waits for the mark that names it', async () => {
    const messageId = await queue(await world.addCreator({ addresses: { sms: phone() } }));
    await webhook({ kind: 'status', providerKey: key(), providerId: 'SM3', status: 'delivered' });
    sms.answer = () => accepted('SM3');
    await send(messageId);
    await routePending(parts);
    expect(await deliveryOf(messageId)).toMatchObject([{ status: 'delivered' }]);
  });

  test('failed after the fact goes to the next channel, once', async () => {
    const messageId = await queue(await world.addCreator({ addresses: { sms: phone(), email: 'late@x.test' } }), { preferredChannel: 'sms' });
    await send(messageId);
    const [row] = await deliveryOf(messageId);
    const failed = status(row?.id ?? '', 'failed', { code: '30003' });
    await Promise.all([webhook(failed), webhook(failed), webhook(status(row?.id ?? '', 'failed', { code: '30003' }))]);
    expect(await world.rows(`select 1 from outbox_item where kind = 'message.changed' and payload->>'messageId' = ?`, [messageId])).toHaveLength(1);
    await send(messageId);
    expect(await deliveryOf(messageId)).toMatchObject([{ status: 'failed', code: '30003' }, { status: 'sent' }]);
  });
});

describe('STOP', () => {
  test('silences our sender on that channel in every workspace, until START', async () => {
    const address = phone();
    const elsewhere = await world.addWorkspace();
    await world.addCreator({ addresses: { sms: address } }, elsewhere);
    const creatorId = await world.addCreator({ addresses: { sms: address } });
    const word = (kind: string, at: string, to = '+3100') => webhook({ kind, providerKey: key(), from: address, to, text: kind, at });
    await word('opt-out', '2026-11-23T09:00:00Z', '+3199');
    await send(await queue(creatorId));
    expect(sms.attempts.at(-1)).toMatchObject({ to: address });
    await word('opt-out', '2026-11-23T09:00:01Z');
    const silenced = await queue(creatorId);
    await send(silenced);
    expect(await world.rows('select status, code from message where id = ?', [silenced])).toEqual([{ status: 'failed', code: 'opted_out' }]);
    expect(await world.rows(`select 1 from consent_entry where workspace_id = ? and sender = '+3100' and state = 'out'`, [elsewhere])).toHaveLength(1);
    expect(await inbound(creatorId)).toEqual([]); // no answer in a conversation
    await word('opt-in', '2026-11-23T09:00:02Z');
    await word('opt-out', '2026-11-23T09:00:01Z'); // an older one that comes late
    const again = await queue(creatorId);
    await send(again);
    expect(await world.rows('select status from message where id = ?', [again])).toEqual([{ status: 'sent' }]);
  });

  test('is about the sender its provider names, where that is not the address it came to', async () => {
    const address = phone();
    await world.addCreator({ addresses: { sms: address } });
    const senders = () => world.rows(`select distinct e.sender, e.state from consent_entry e join contact_point p on p.address_hash = e.address_hash where p.address = ?`, [address]);
    await webhook({ kind: 'opt-out', providerKey: key(), from: address, text: 'STOP', sender: 'a service' });
    expect(await senders()).toEqual([{ sender: 'a service', state: 'out' }]);
  });
});

test('STOP of somebody nobody knows yet counts when they are known; START of somebody erased opens the ledger again', async () => {
  const stranger = phone();
  await webhook({ kind: 'opt-out', providerKey: key(), from: stranger, text: 'STOP' });
  const known = await world.addCreator({ addresses: { sms: stranger } });
  const to = async (creatorId: string) => {
    const messageId = await queue(creatorId);
    await send(messageId);
    return (await world.rows<{ status: string }>('select status from message where id = ?', [messageId]))[0]?.status;
  };
  expect(await to(known)).toBe('failed');
  await eraseCreator(world.db, world.system, world.scope, known);
  world.clock.advance(1_000);
  const again = await world.addCreator({ addresses: { sms: stranger } });
  expect(await to(again)).toBe('failed');
  await world.rows('delete from contact_point where creator_id = ?', [again]);
  await webhook({ kind: 'opt-in', providerKey: key(), from: stranger, text: 'START', at: (await world.clock.now()).toISOString() });
  expect(await to(await world.addCreator({ addresses: { sms: stranger } }))).toBe('sent');
  // A word for us leaves no trace where nobody had forbidden anything.
  const fan = phone();
  const entries = () => world.rows('select 1 from consent_entry');
  const before = (await entries()).length;
  await webhook({ kind: 'opt-in', providerKey: key(), from: fan, text: 'START' });
  expect(await entries()).toHaveLength(before);
});

describe('a word that wants an answer at once', () => {
  const help = (from: string, providerKey = key()) => webhook({ ...says(from, 'HELP', providerKey), autoReply: 'Reply STOP to end' });
  const answers = (creatorId: string) => world.rows(`select text, preferred_channel from message where creator_id = ? and direction = 'out'`, [creatorId]);

  test('is answered once on that channel, and not to who has forbidden us', async () => {
    const address = phone();
    const creatorId = await world.addCreator({ addresses: { sms: address, email: `${address}@x.test` } });
    const same = key();
    for (let i = 0; i < 3; i += 1) await help(address, same);
    expect(await answers(creatorId)).toEqual([{ text: 'Reply STOP to end', preferred_channel: 'sms' }]);
    await help(address);
    expect(await answers(creatorId)).toHaveLength(2);
    await webhook({ kind: 'opt-out', providerKey: key(), from: address, text: 'STOP' });
    await help(address);
    expect(await answers(creatorId)).toHaveLength(2);
  });
});

test('a forged webhook is refused and leaves nothing; a channel without webhooks has none', async () => {
  const before = await world.rows('select count(*) from inbound_item');
  const request = { method: 'POST', path: '/', headers: {}, rawBody: Buffer.from('forged') };
  expect(await receiveInbound(parts, 'sms', request)).toEqual({ status: 403 });
  expect(await receiveInbound(parts, 'email', request)).toBeNull();
  expect(await receiveInbound(parts, newId(), request)).toBeNull();
  expect(await world.rows('select count(*) from inbound_item')).toEqual(before);
});
