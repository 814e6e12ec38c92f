import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { accepted, createRegistry, notSent, rejected, unknown } from '@sevenfold/plugin-sdk';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { recordConsent } from '../consent/record-consent.js';
import { queueMessage, type QueueMessageInput } from '../queue-message.js';
import { beginAttempt } from './begin-attempt.js';
import { gateOf } from './gate.js';
import { sendOne } from './send-one.js';

const app = fakeChannel({ channel: 'in-app', traits: { needsAppSession: true, repeatHarmless: true } });
const mail = fakeChannel({ channel: 'email', traits: { rich: true, bodyTemplate: 'html', connections: 2 } });
const sms = fakeChannel({ channel: 'sms', traits: { newsletter: false, repeatCostsMoney: true, bodyTemplate: 'short' } });
const channels = [app, mail, sms];

let world: MessagingWorld;
beforeAll(async () => {
  world = await messagingWorld(channels);
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => {
  for (const channel of channels) {
    channel.answer = (message) => accepted(`provider-${message.id}`);
    channel.attempts.length = 0;
  }
});

let keys = 0;
const queue = async (creatorId: string, input: Partial<QueueMessageInput> = {}) => {
  const { messageId } = await world.run((tx) =>
    queueMessage(tx, {
      creatorId, kind: 'chat', texts: { subject: 'S', text: 'Text', html: '<p>Text</p>', short: 'Short' },
      dedupeKey: `key-${(keys += 1)}`, automatic: true, purpose: 'notice', ...input,
    }),
  );
  return messageId;
};
const send = (messageId: string) => sendOne(world.db, { workspaceId: world.workspaceId, messageId });
const message = async (id: string) => {
  const [row] = await world.rows<{ status: string; channel: string | null; code: string | null }>(
    'select status, channel, code from message where id = ?', [id],
  );
  return row;
};
const deliveries = (messageId: string) =>
  world.rows<{ channel: string; status: string; code: string | null }>(
    'select channel, status, code from delivery where message_id = ? order by position', [messageId],
  );
/** Chooses the channel, finds no connection free, and dies. */
const dieBeforeClaim = async (messageId: string) => {
  expect((await world.run((tx) => beginAttempt(tx, messageId, 'one', () => false))).do).toBe('queue');
};
/** Claims, then dies before the call or before the mark: for the row it is the same. */
const dieAfterClaim = async (messageId: string) => {
  expect((await world.run((tx) => beginAttempt(tx, messageId, 'one', () => true))).do).toBe('send');
};

describe('the channel', () => {
  test('is the app for who has it, else mail, else SMS, in the form the channel carries', async () => {
    const everything = { 'email': 'a@x.test', 'sms': '+31612345678' };
    const [withApp, withMail, withSms] = await Promise.all([
      world.addCreator({ addresses: everything, hasApp: true }), world.addCreator({ addresses: everything }),
      world.addCreator({ addresses: { sms: '+31612345679' } }),
    ]);
    for (const creatorId of [withApp, withMail, withSms]) expect(await send(await queue(creatorId))).toEqual({ done: true });
    expect(app.attempts).toMatchObject([{ to: withApp, text: 'Text' }]);
    expect(mail.attempts).toMatchObject([{ to: 'a@x.test', subject: 'S', html: '<p>Text</p>', automatic: true, from: 'Agency' }]);
    expect(sms.attempts).toMatchObject([{ to: '+31612345679', text: 'Short' }]);
    expect(sms.attempts[0]).not.toHaveProperty('subject');
  });

  test('of a reply is the one last written from, unless the team chooses another', async () => {
    const creatorId = await world.addCreator({ addresses: { email: 'b@x.test', sms: '+31611111111' } });
    const reply = { automatic: false, purpose: 'conversation' as const };
    await send(await queue(creatorId, reply));
    await world.rows(`update thread set last_inbound_channel = 'sms' where creator_id = ?`, [creatorId]);
    await send(await queue(creatorId, reply));
    await send(await queue(creatorId, { ...reply, preferredChannel: 'email' }));
    await send(await queue(creatorId, { purpose: 'notice' }));
    expect([mail.attempts.length, sms.attempts.length]).toEqual([3, 1]);
  });

  test('of a newsletter is never SMS, and nobody gets one without asking', async () => {
    const addresses = { email: 'n@x.test', sms: '+31622222222' };
    const asked = await queue(await world.addCreator({ addresses, newsletter: true }), { purpose: 'newsletter' });
    const onlySms = await queue(await world.addCreator({ addresses: { sms: '+31622222223' }, newsletter: true }), { purpose: 'newsletter' });
    const notAsked = await queue(await world.addCreator({ addresses }), { purpose: 'newsletter' });
    for (const id of [asked, onlySms, notAsked]) await send(id);
    expect(await message(asked)).toMatchObject({ status: 'sent', channel: 'email' });
    expect(await message(onlySms)).toMatchObject({ status: 'failed', code: 'no_address' });
    expect(await message(notAsked)).toMatchObject({ status: 'failed', code: 'opted_out' });
    expect(await world.rows(`select 1 from notice where kind = 'missing-address' and ref_id in (?)`, [[onlySms, notAsked]])).toEqual([]);
  });

  test('is asked for once when there is none, and again only after an answer', async () => {
    const creatorId = await world.addCreator();
    const first = await queue(creatorId);
    expect(await send(first)).toEqual({ done: true });
    await send(await queue(creatorId));
    expect(await message(first)).toEqual({ status: 'failed', channel: null, code: 'no_address' });
    const notices = () => world.rows<{ id: string }>(`select id from notice where kind = 'missing-address' and creator_id = ?`, [creatorId]);
    expect(await notices()).toHaveLength(1);
    await world.rows(`update notice set status = 'done' where creator_id = ?`, [creatorId]);
    await send(await queue(creatorId));
    expect(await notices()).toHaveLength(2);
  });
});

describe('consent', () => {
  test('is asked at the moment of sending, not of queueing', async () => {
    const creatorId = await world.addCreator({ addresses: { email: 'c@x.test', sms: '+31633333333' } });
    const id = await queue(creatorId, { preferredChannel: 'sms' });
    await dieBeforeClaim(id); // SMS is chosen
    const [point] = await world.rows<{ hash: string }>(
      `select address_hash as hash from contact_point where creator_id = ? and channel = 'sms'`, [creatorId],
    );
    await world.run((tx) => recordConsent(tx, {
      channel: 'sms', sender: 'sms-sender', addressHash: point?.hash ?? '', state: 'out', source: 'stop', at: tx.now,
    }));
    await send(id);
    expect(sms.attempts).toHaveLength(0);
    expect(await deliveries(id)).toEqual([
      { channel: 'sms', status: 'failed', code: 'channel_closed' }, { channel: 'email', status: 'sent', code: null },
    ]);
  });

  test('a refusal told by the provider is remembered, and not asked for again', async () => {
    const creatorId = await world.addCreator({ addresses: { email: 'd@x.test', sms: '+31644444444' } });
    sms.answer = () => ({ ...rejected('21610', 'opted out'), optedOut: true });
    await send(await queue(creatorId, { preferredChannel: 'sms' }));
    await send(await queue(creatorId, { preferredChannel: 'sms' }));
    expect(sms.attempts).toHaveLength(1);
    expect(mail.attempts).toHaveLength(2);
  });
});

describe('an outcome', () => {
  test('rejected goes to the next channel, once, and the first failure stays shown', async () => {
    const creatorId = await world.addCreator({ addresses: { email: 'e@x.test', sms: '+31655555555' }, hasApp: true });
    app.answer = () => rejected('gone', 'app removed');
    mail.answer = () => rejected('550', 'no such user');
    const id = await queue(creatorId);
    expect(await send(id)).toEqual({ done: true });
    expect(await deliveries(id)).toEqual([
      { channel: 'in-app', status: 'failed', code: 'gone' }, { channel: 'email', status: 'failed', code: '550' },
    ]);
    expect(await message(id)).toMatchObject({ status: 'failed' });
    expect(sms.attempts).toHaveLength(0);
  });

  test('not sent waits as told, and after its window goes to the next channel', async () => {
    const creatorId = await world.addCreator({ addresses: { email: 'f@x.test', sms: '+31666666666' } });
    mail.answer = () => notSent('greylisted', 60_000);
    const id = await queue(creatorId);
    expect(await send(id)).toEqual({ done: false, retryAfterMs: 60_000 });
    expect(await send(id)).toEqual({ done: false, retryAfterMs: 60_000 });
    expect(mail.attempts).toHaveLength(1);
    world.clock.advance(23 * 3_600_000 + 59 * 60_000 + 30_000);
    expect(await send(id)).toEqual({ done: true });
    expect(await deliveries(id)).toMatchObject([{ status: 'failed', code: 'gave_up' }, { channel: 'sms', status: 'sent' }]);
  });

  test('not sent past the deadline of the message itself ends there', async () => {
    const creatorId = await world.addCreator({ addresses: { email: 'g@x.test', sms: '+31677777777' } });
    mail.answer = () => notSent('busy', 1_000);
    const now = await world.clock.now();
    const id = await queue(creatorId, { deadlineAt: new Date(now.getTime() + 10_000) });
    expect(await send(id)).toEqual({ done: false, retryAfterMs: 1_000 });
    world.clock.advance(60_000);
    expect(await send(id)).toEqual({ done: true });
    expect(await message(id)).toMatchObject({ status: 'failed' });
    expect(sms.attempts).toHaveLength(0);
  });

  test('unknown is never sent again by itself, and not elsewhere either', async () => {
    const creatorId = await world.addCreator({ addresses: { email: 'h@x.test', sms: '+31688888888' } });
    mail.answer = () => unknown('line broke');
    const id = await queue(creatorId);
    for (let i = 0; i < 3; i += 1) expect(await send(id)).toEqual({ done: true });
    expect(mail.attempts).toHaveLength(1);
    expect(sms.attempts).toHaveLength(0);
    expect(await message(id)).toMatchObject({ status: 'unknown' });
  });

  test('a plugin that throws may have sent', async () => {
    mail.answer = () => { throw new Error('bug'); };
    const id = await queue(await world.addCreator({ addresses: { email: 'i@x.test' } }));
    await send(id);
    expect(await message(id)).toMatchObject({ status: 'unknown' });
  });
});

describe('killed', () => {
  test('before the claim: sent once by the next attempt', async () => {
    const id = await queue(await world.addCreator({ addresses: { email: 'j@x.test' } }));
    await dieBeforeClaim(id);
    await send(id);
    expect(mail.attempts).toHaveLength(1);
    expect(await message(id)).toMatchObject({ status: 'sent' });
  });

  test('between claim and mark: unknown, and nothing is sent', async () => {
    const id = await queue(await world.addCreator({ addresses: { email: 'k@x.test' } }));
    await dieAfterClaim(id);
    expect(await send(id)).toEqual({ done: true });
    expect(mail.attempts).toHaveLength(0);
    expect(await message(id)).toMatchObject({ status: 'unknown' });
  });

  test('between claim and mark where a repeat is harmless: sent by the next attempt', async () => {
    const id = await queue(await world.addCreator({ hasApp: true }));
    await dieAfterClaim(id);
    await send(id);
    expect(app.attempts).toHaveLength(1);
    expect(await message(id)).toMatchObject({ status: 'sent' });
  });

  test('given up for dead, an attempt that was alive still brings its news', async () => {
    const id = await queue(await world.addCreator({ addresses: { email: 'l@x.test' } }));
    mail.answer = async (each) => {
      await send(id); // the next attempt, which takes this one for dead
      expect(await message(id)).toMatchObject({ status: 'unknown' });
      return accepted(each.id);
    };
    await send(id);
    expect(mail.attempts).toHaveLength(1);
    expect(await message(id)).toMatchObject({ status: 'sent' });
  });

  test('many attempts at once send once', async () => {
    const id = await queue(await world.addCreator({ addresses: { sms: '+31699999999' } }));
    await Promise.all(Array.from({ length: 8 }, () => send(id)));
    expect(sms.attempts).toHaveLength(1);
  });
});

test('the same key is the same message', async () => {
  const creatorId = await world.addCreator();
  const ids = await Promise.all(Array.from({ length: 5 }, () => queue(creatorId, { dedupeKey: 'once' })));
  expect(new Set(ids).size).toBe(1);
  expect(await world.rows(`select 1 from outbox_item where payload->>'messageId' = ?`, [ids[0]])).toHaveLength(1);
});

test('what the product writes waits while its campaign is paused; what a person writes does not', async () => {
  const campaignId = await world.addCampaign({ paused: true });
  const creatorId = await world.addCreator({ addresses: { email: 'm@x.test' } });
  const automatic = await queue(creatorId, { campaignId });
  expect(await send(automatic)).toMatchObject({ done: false });
  expect(await send(await queue(creatorId, { campaignId, automatic: false }))).toEqual({ done: true });
  await world.rows('update campaign set paused_at = null where id = ?', [campaignId]);
  expect(await send(automatic)).toEqual({ done: true });
});

test('a slow channel is stood in line for only so long, and nothing is claimed meanwhile', async () => {
  const slow = fakeChannel({ channel: 'slow', traits: { connections: 1 } });
  const inside = gateOf(slow, world.db, world.workspaceId).tryEnter();
  expect(inside).toBeDefined();
  const plugins = createRegistry([slow]);
  const db = Object.create(world.db, { services: { value: { ...world.db.services, plugins } } });
  const id = await queue(await world.addCreator({ addresses: { slow: 'x' } }));
  expect(await sendOne(db, { workspaceId: world.workspaceId, messageId: id })).toEqual({ done: false, retryAfterMs: 5_000 });
  expect(await deliveries(id)).toMatchObject([{ status: 'queued' }]);
  inside?.leave();
  expect(await sendOne(db, { workspaceId: world.workspaceId, messageId: id })).toEqual({ done: true });
});

test('no more attempts are under way than the channel has connections', async () => {
  mail.answer = async (each) => {
    await new Promise((resolve) => setTimeout(resolve, 60));
    return accepted(each.id);
  };
  const ids = await Promise.all(Array.from({ length: 12 }, async (_, i) => queue(await world.addCreator({ addresses: { email: `p${i}@x.test` } }))));
  await Promise.all(ids.map(send));
  expect(mail.attempts).toHaveLength(12);
  expect(mail.busiest).toBe(2);
});
