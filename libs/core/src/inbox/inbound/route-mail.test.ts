import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLogger } from '@sevenfold/platform/logging';
import { accepted, unknown, type InboundEvent, type InboundMessage, type OutboundMessage } from '@sevenfold/plugin-sdk';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { queueMessage, type QueueMessageInput } from '../queue-message.js';
import { replyAddressFor } from '../reply-address/reply-address.js';
import { sendOne } from '../sending/send-one.js';
import type { InboundFact } from './add-inbound.js';
import { routePending, takeInbound, type ReceiveParts } from './receive-inbound.js';

const replyAddress = { mailbox: 'reply@in.agency.test', style: 'plus' } as const;
const mail = fakeChannel({ channel: 'email', traits: { rich: true, bodyTemplate: 'html', replyAddress } });
const sms = fakeChannel({ channel: 'sms', traits: { bodyTemplate: 'short' } });

let world: MessagingWorld;
let parts: ReceiveParts;
let heard: InboundFact[] = [];
beforeAll(async () => {
  world = await messagingWorld([mail, sms]);
  parts = { system: world.system, db: world.db, logger: createLogger({ name: 'test', level: 'silent' }), onInbound: async (_tx, fact) => void heard.push(fact) };
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => {
  heard = [];
  mail.attempts.length = 0;
  mail.answer = (message) => accepted(idOf(message));
  world.clock.advance(1_000);
});

const idOf = ({ id }: OutboundMessage): string => `<${id}@agency.test>`;
let count = 0;
const once = () => `n${(count += 1)}`;
const take = async (...events: InboundEvent[]) => (await takeInbound(parts, 'email', events))();
const mailFrom = (from: string, more: Partial<InboundMessage> = {}): InboundMessage => ({
  kind: 'message', providerKey: once(), from, to: 'hello@agency.test', text: 'Hello', at: new Date('2026-11-23T09:00:00Z'), ...more,
});
const write = async (creatorId: string, input: Partial<QueueMessageInput> = {}) => {
  const { messageId } = await world.run((tx) =>
    queueMessage(tx, { creatorId, kind: 'chat', texts: { text: 'Hi' }, dedupeKey: once(), automatic: false, purpose: 'conversation', ...input }),
  );
  await sendOne(world.db, { workspaceId: world.workspaceId, messageId });
  const [delivery] = await world.rows<{ id: string }>('select id from delivery where message_id = ?', [messageId]);
  return { messageId, deliveryId: delivery?.id ?? '', providerId: `<${delivery?.id}@agency.test>` };
};
interface Entry { text: string; campaign_id: string | null; in_reply_to_id: string | null; automatic: boolean; quoted_from: number | null; html: string | null; subject: string | null }
const inbound = (creatorId: string) =>
  world.rows<Entry>(`select text, campaign_id, in_reply_to_id, automatic, quoted_from, html, subject from message where creator_id = ? and direction = 'in' order by created_at, id`, [creatorId]);
const thread = async (creatorId: string) => (await world.rows<{ id: string; unread: number; last_inbound_channel: string | null; last_preview: string; waiting_since: string | null }>(
  'select id, unread, last_inbound_channel, last_preview, waiting_since from thread where creator_id = ?', [creatorId]))[0];
const trayOf = (from: string) => world.rows<{ problem: string | null; routed_at: string | null }>(`select problem, routed_at from inbound_item where event->>'from' = ?`, [from]);
const creator = async (name = once()) => ({ address: `${name}@creators.test`, id: await world.addCreator({ addresses: { email: `${name}@creators.test` } }) });

describe('a mail finds its thread', () => {
  test('by the signed address that received it, whoever wrote it', async () => {
    const { id } = await creator();
    await write(id);
    expect(mail.attempts[0]?.replyTo).toBe(replyAddressFor(world.db.services.keyRing, replyAddress, (await thread(id))?.id ?? ''));
    await take(mailFrom('private@elsewhere.test', { envelopeTo: mail.attempts[0]?.replyTo?.toUpperCase() ?? '' }));
    expect(await inbound(id)).toMatchObject([{ text: 'Hello' }]);
  });

  test('never by what it says of its recipients, by another domain, or by a made-up key', async () => {
    const { id } = await creator();
    await write(id);
    const signed = mail.attempts[0]?.replyTo ?? '';
    const stranger = () => `${once()}@strangers.test`;
    const wrong = [
      mailFrom(stranger(), { to: signed }),
      mailFrom(stranger(), { envelopeTo: signed.replace('in.agency.test', 'evil.test') }),
      mailFrom(stranger(), { envelopeTo: signed.replace(/.(?=@)/, (letter) => (letter === 'a' ? 'b' : 'a')) }),
    ];
    await take(...wrong);
    expect(await inbound(id)).toEqual([]);
    for (const { from } of wrong) expect(await trayOf(from)).toMatchObject([{ problem: 'unknown_sender', routed_at: null }]);
  });

  test('by the sender’s address, however they write it; a stranger’s waits in the tray, with every byte', async () => {
    const { id, address } = await creator();
    await take(mailFrom(` ${address.toUpperCase()} `));
    expect(await inbound(id)).toHaveLength(1);
    const source = Buffer.from('From: nobody\r\n\r\nHi \xff', 'latin1');
    await take(mailFrom('nobody@strangers.test', { raw: { contentType: 'message/rfc822', content: source } }));
    const [kept] = await world.rows<{ bytes: Buffer }>(
      `select p.bytes from inbound_part p join inbound_item i on i.id = p.item_id where i.event->>'from' = 'nobody@strangers.test' and p.role = 'source'`,
    );
    expect(Buffer.from(kept?.bytes ?? '').equals(source)).toBe(true);
    const known = await world.addCreator({ addresses: { email: 'nobody@strangers.test' } });
    await routePending(parts);
    expect(await inbound(known)).toHaveLength(1);
    expect(await world.rows(`select 1 from message_attachment a join message m on m.id = a.message_id where m.creator_id = ? and a.role = 'source'`, [known])).toHaveLength(1);
  });

  test('of two creators with one address, the one whose message it answers', async () => {
    const address = `${once()}@shared.test`;
    const [first, second] = [await world.addCreator({ addresses: { email: address } }), await world.addCreator({ addresses: { email: address } })];
    const toFirst = await write(first);
    world.clock.advance(1_000);
    await write(second);
    await take(mailFrom(address, { references: [toFirst.providerId] }));
    await take(mailFrom(address, { answers: [toFirst.deliveryId] }));
    expect([(await inbound(first)).length, (await inbound(second)).length]).toEqual([2, 0]);
    await take(mailFrom(address));
    expect((await inbound(second)).length).toBe(1); // the one last written to
  });

  test('never somebody else’s, whose mail was passed on', async () => {
    const [ada, bob] = [await creator(), await creator()];
    const toAda = await write(ada.id, { campaignId: await world.addCampaign() });
    await take(mailFrom(bob.address, { references: [toAda.providerId], answers: [toAda.deliveryId] }));
    expect(await inbound(ada.id)).toEqual([]);
    expect(await inbound(bob.id)).toMatchObject([{ campaign_id: null, in_reply_to_id: null }]);
  });
});

test('it belongs to the campaign of the message it answers, else of the last sent', async () => {
  const { id, address } = await creator();
  const [one, two] = [await world.addCampaign(), await world.addCampaign()];
  const first = await write(id, { campaignId: one });
  world.clock.advance(1_000);
  const second = await write(id, { campaignId: two });
  world.clock.advance(1_000);
  const none = await write(id);
  await take(
    mailFrom(address, { references: [first.providerId] }), mailFrom(address, { references: ['<unknown@x>', first.providerId, second.providerId] }),
    mailFrom(address), mailFrom(address, { references: [none.providerId] }),
  );
  expect(await inbound(id)).toMatchObject([
    { campaign_id: one, in_reply_to_id: first.messageId }, { campaign_id: one }, { campaign_id: two }, { campaign_id: two, in_reply_to_id: none.messageId },
  ]);
  expect(heard.map((fact) => fact.campaignId)).toEqual([one, one, two, two]);
});

describe('delivered more than once', () => {
  test('three times, to several processes at once, it is stored once', async () => {
    const { id, address } = await creator();
    const event = mailFrom(address, { raw: { contentType: 'message/rfc822', content: Buffer.from('x') } });
    await Promise.all([take(event), take(event), take(event)]);
    await routePending(parts);
    expect(await inbound(id)).toHaveLength(1);
    expect((await thread(id))?.unread).toBe(1);
    expect(await world.rows('select 1 from message_attachment a join message m on m.id = a.message_id where m.creator_id = ?', [id])).toHaveLength(1);
    expect(heard).toHaveLength(1);
  });

  test('as copies to two of our addresses it is one entry per creator', async () => {
    const { id, address } = await creator();
    const copyKey = once();
    await take(mailFrom(address, { copyKey }), mailFrom(address, { copyKey }));
    expect(await inbound(id)).toHaveLength(1);
  });
});

describe('what a machine wrote', () => {
  test('is shown, and nothing more: nothing unread, nobody waited for, nobody told', async () => {
    const { id, address } = await creator();
    await write(id, { campaignId: await world.addCampaign() });
    await take(mailFrom(address, { automatic: true, text: 'I am on holiday' }));
    expect(await inbound(id)).toMatchObject([{ automatic: true, text: 'I am on holiday' }]);
    expect(await thread(id)).toMatchObject({ unread: 0, last_inbound_channel: null, last_preview: 'Hi', waiting_since: null });
    expect(heard).toEqual([]);
  });

  test('is not what a later answer refers to', async () => {
    const { id, address } = await creator();
    await take(mailFrom(address, { providerId: '<human@x>', subject: 'Question' }));
    world.clock.advance(1_000);
    await take(mailFrom(address, { providerId: '<robot@x>', automatic: true, subject: 'Out of office' }));
    world.clock.advance(1_000);
    await write(id);
    expect(mail.attempts[0]).toMatchObject({ inReplyTo: '<human@x>', subject: 'Re: Question' });
  });
});

describe('an answer of the team', () => {
  test('refers to the talk with this creator alone, and keeps its subject', async () => {
    const [ada, bob] = [await creator(), await creator()];
    const first = await write(ada.id, { texts: { subject: 'Spring', text: 'Hi' } });
    expect(mail.attempts[0]).not.toHaveProperty('references');
    world.clock.advance(1_000);
    await write(bob.id);
    await take(mailFrom(ada.address, { providerId: '<a1@x>', references: [first.providerId], subject: 'AW: Re: Spring' }));
    world.clock.advance(1_000);
    mail.attempts.length = 0;
    const second = await write(ada.id);
    expect(mail.attempts[0]).toMatchObject({ inReplyTo: '<a1@x>', references: [first.providerId, '<a1@x>'], subject: 'Re: Spring' });
    world.clock.advance(1_000);
    await write(ada.id, { texts: { subject: 'Own words', text: 'x' } });
    expect(mail.attempts[1]).toMatchObject({ inReplyTo: '<a1@x>', references: [first.providerId, second.providerId, '<a1@x>'], subject: 'Own words' });
  });

  test('by what the product writes nothing is referred to, and to many neither', async () => {
    const { id, address } = await creator();
    await take(mailFrom(address, { providerId: '<b1@x>' }));
    await write(id, { automatic: true, kind: 'agreement', purpose: 'notice' });
    expect(mail.attempts[0]).not.toHaveProperty('inReplyTo');
    expect(mail.attempts[0]?.replyTo).toContain('@in.agency.test');
  });
});

test('who answers by name has got it: an unknown hand-over is settled', async () => {
  const { id, address } = await creator();
  mail.answer = () => unknown('cut');
  const sent = await write(id);
  await take(mailFrom(address, { answers: [sent.deliveryId] }));
  expect(await world.rows('select status from delivery where id = ?', [sent.deliveryId])).toEqual([{ status: 'delivered' }]);
});

describe('bounces', () => {
  const bounce = (deliveryId: string, status: 'failed' | 'delayed' | 'delivered', code = '5.1.1'): InboundEvent => ({
    kind: 'status', providerKey: once(), at: new Date('2026-11-23T09:00:00Z'), messageId: deliveryId, status, code,
    raw: { contentType: 'message/rfc822', content: Buffer.from('bounced') },
  });

  test('for good: failed, and on to the next channel; the source is kept', async () => {
    const id = await world.addCreator({ addresses: { email: `${once()}@gone.test`, sms: '+31600000001' } });
    const sent = await write(id);
    await take(bounce(sent.deliveryId, 'failed'));
    await sendOne(world.db, { workspaceId: world.workspaceId, messageId: sent.messageId });
    expect(await world.rows('select channel, status, code from delivery where message_id = ? order by position', [sent.messageId])).toEqual([
      { channel: 'email', status: 'failed', code: '5.1.1' }, { channel: 'sms', status: 'sent', code: null },
    ]);
    expect(await inbound(id)).toEqual([]);
    expect(await world.rows('select 1 from inbound_part p join inbound_item i on i.id = p.item_id where i.routed_message_id = ?', [sent.messageId])).toHaveLength(1);
  });

  test('for now: noted, and nothing changes', async () => {
    const id = await world.addCreator({ addresses: { email: `${once()}@full.test`, sms: '+31600000002' } });
    const sent = await write(id);
    await take(bounce(sent.deliveryId, 'delayed', '4.2.2'));
    expect(await world.rows('select channel, status from delivery where message_id = ?', [sent.messageId])).toEqual([{ channel: 'email', status: 'sent' }]);
    expect(await world.rows(`select kind, raw->>'code' as code from delivery_event where delivery_id = ? and kind = 'status:delayed'`, [sent.deliveryId])).toEqual([{ kind: 'status:delayed', code: '4.2.2' }]);
  });

  test('of something unknown wait in the tray', async () => {
    await take(bounce('00000000-0000-7000-8000-000000000000', 'failed'));
    expect(await world.rows(`select problem from inbound_item where event->>'messageId' = '00000000-0000-7000-8000-000000000000'`)).toEqual([{ problem: 'unknown_message' }]);
  });
});

test('the quoted tail is marked, harmful HTML and personal links are taken out, the own words are what is heard', async () => {
  const { id, address } = await creator();
  const text = 'Yes, gladly!\n\nOn Mon, Jan 5, 2026 at 10:00 AM Mia <m@in.test> wrote:\n> Will you?\n';
  await take(mailFrom(address, { text, subject: 'Re: Hi\0', html: '<p onclick="x()">Yes</p><script>alert(1)</script>' }));
  expect(await inbound(id)).toMatchObject([{ text, quoted_from: text.indexOf('On Mon'), html: '<p>Yes</p>', subject: 'Re: Hi' }]);
  expect(heard).toMatchObject([{ text: 'Yes, gladly!' }]);
  expect((await thread(id))?.last_preview).toBe('Yes, gladly!');
});

test('what could not be read waits in the tray with its source, even from somebody known', async () => {
  const { id, address } = await creator();
  await take(mailFrom(address, { text: '', problem: 'unreadable', raw: { contentType: 'message/rfc822', content: Buffer.from('?') } }));
  expect(await inbound(id)).toEqual([]);
  expect(await trayOf(address)).toMatchObject([{ problem: 'unreadable' }]);
});
