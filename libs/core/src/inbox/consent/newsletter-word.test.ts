import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { routeItem } from '../inbound/route-item.js';
import { queueMessage } from '../queue-message.js';
import { sendOne } from '../sending/send-one.js';
import { subscribe, unsubscribe } from './newsletter-word.js';

const mail = fakeChannel({ channel: 'email', sender: 'news@house.test', traits: { rich: true } });
const sms = fakeChannel({ channel: 'sms', traits: { newsletter: false } });

let world: MessagingWorld;
beforeAll(async () => {
  world = await messagingWorld([mail, sms]);
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => world.clock.advance(60_000));

let keys = 0;
const newsletter = async (creatorId: string) => {
  const { messageId } = await world.run((tx) =>
    queueMessage(tx, { creatorId, kind: 'newsletter', texts: { text: 'News' }, dedupeKey: `n${(keys += 1)}`, automatic: true, purpose: 'newsletter' }),
  );
  await sendOne(world.db, { workspaceId: world.workspaceId, messageId });
  return (await world.rows<{ status: string }>('select status from message where id = ?', [messageId]))[0]?.status;
};
const starts = async (channel: string, from: string, to: string) =>
  routeItem({ system: world.system, db: world.db }, {
    id: '00000000-0000-7000-8000-000000000000', channel,
    event: { kind: 'opt-in', providerKey: `k${(keys += 1)}`, from, to, text: 'START', at: await world.clock.now() },
  });
const word = (hashOf: string) =>
  world.rows(
    `select e.state, e.source from consent_entry e join contact_point p on p.address_hash = e.address_hash
      where p.creator_id = ? and e.sender = 'news@house.test/newsletter'`, [hashOf]);

test('who ended the newsletter gets it again when they ask for it themselves, and the ledger says where', async () => {
  const creatorId = await world.addCreator({ addresses: { email: 'a@x.test' }, newsletter: true });
  expect(await newsletter(creatorId)).toBe('sent');
  await world.run((tx) => unsubscribe(tx, creatorId));
  await world.run((tx) => unsubscribe(tx, creatorId));
  expect(await newsletter(creatorId)).toBe('failed');
  expect(await word(creatorId)).toEqual([{ state: 'out', source: 'unsubscribe' }]);
  await world.run((tx) => subscribe(tx, creatorId, 'creator'));
  expect(await newsletter(creatorId)).toBe('sent');
  expect(await word(creatorId)).toEqual([{ state: 'in', source: 'creator' }]);
  expect((await world.rows<{ action: string }>('select action from audit_entry where entity_id = ? order by created_at, id', [creatorId])).map(({ action }) => action))
    .toEqual(['newsletter.unsubscribed', 'newsletter.subscribed']);
});

test('START where newsletters go brings them back, and puts nobody on the list who never asked', async () => {
  const left = await world.addCreator({ addresses: { email: 'left@x.test', sms: '+31600000001' }, newsletter: true });
  const never = await world.addCreator({ addresses: { email: 'never@x.test' } });
  await world.run((tx) => unsubscribe(tx, left));
  // By SMS, which carries no newsletter, START means SMS.
  expect(await starts('sms', '+31600000001', sms.sender)).toBe(true);
  expect(await newsletter(left)).toBe('failed');
  for (const from of ['left@x.test', 'never@x.test']) expect(await starts('email', from, mail.sender)).toBe(true);
  expect(await newsletter(left)).toBe('sent');
  expect(await word(left)).toEqual([{ state: 'in', source: 'reply' }]);
  expect(await newsletter(never)).toBe('failed');
});

test('the way out of newsletters is the way out of messages to many, which carry it; they do not come by SMS instead', async () => {
  const creatorId = await world.addCreator({ addresses: { email: 'many@x.test', sms: '+31600000002' } });
  const write = async (kind: 'bulk' | 'group' | 'chat') => {
    const { messageId } = await world.run((tx) => queueMessage(tx, { creatorId, kind, texts: { text: 'Hi' }, dedupeKey: `n${(keys += 1)}`, automatic: false, purpose: 'notice' }));
    await sendOne(world.db, { workspaceId: world.workspaceId, messageId });
    return (await world.rows<{ status: string; code: string | null }>('select status, code from message where id = ?', [messageId]))[0];
  };
  expect(await write('bulk')).toEqual({ status: 'sent', code: null });
  expect(mail.attempts.at(-1)?.unsubscribeUrl).toContain('/u/');
  await world.run((tx) => unsubscribe(tx, creatorId));
  expect(await write('bulk')).toEqual({ status: 'failed', code: 'opted_out' });
  expect(sms.attempts.filter(({ to }) => to === '+31600000002')).toEqual([]);
  for (const kind of ['group', 'chat'] as const) {
    expect(await write(kind)).toEqual({ status: 'sent', code: null });
    expect(mail.attempts.at(-1)).not.toHaveProperty('unsubscribeUrl');
  }
});
