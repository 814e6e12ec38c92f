import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { peopleWorld, terms, type PeopleWorld } from '@sevenfold/testing/people';
import {
  agreementHtml, agreementPdf, agreementSnapshot, chooseReplacement, decline, dropOut, expireAgreement, getAgreement, listAgreements,
  listReplacements, ownAgreement, remindAgreement, sign, withdrawAgreement,
} from './index.js';

let world: PeopleWorld;
beforeAll(async () => {
  world = await peopleWorld();
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => world.clock.set(new Date('2026-11-23T09:00:00Z')));

const hour = 3_600_000;
const messages = (creatorId: string) =>
  world.rows<{ kind: string; text: string }>('select kind, text from message where creator_id = ? order by created_at, id', [creatorId]);
const refuse = (what: typeof decline, agreementId: string, creatorId: string) =>
  world.db.inWorkspace(world.asCreator(creatorId), (tx) => what(tx, { agreementId, creatorId, reason: 'No time' }));
const expire = (agreementId: string) => world.run((tx) => expireAgreement(tx, agreementId));

/** A published campaign with one agreement sent. */
async function oneSent() {
  const campaignId = await world.addPublished({ terms });
  const person = await world.selected(campaignId);
  const sent = await world.send(campaignId);
  return { campaignId, ...person, agreementId: sent[person.creatorId] ?? '' };
}

describe('sending', () => {
  test('freezes a text per creator, with its hash and a window of 72 elapsed hours', async () => {
    const { agreementId, creatorId } = await oneSent();
    const view = await world.db.inWorkspace(world.manager, (tx) => getAgreement(tx, agreementId));
    expect(view).toMatchObject({
      status: 'pending', terms, expiresAt: '2026-11-26T09:00:00.000Z', timeZone: 'Europe/Amsterdam', pdfReady: false, signed: null, paused: false,
    });
    const { html, hash } = await world.db.inWorkspace(world.manager, (tx) => agreementHtml(tx, agreementId));
    expect(createHash('sha256').update(html).digest('hex')).toBe(hash);
    expect(view.documentHash).toBe(hash);
    for (const part of ['Mia', '500.00', '15 January 2027', 'One reel of 30 seconds', 'Online for one year.', 'Brand']) expect(html).toMatch(new RegExp(part.replace('15 January 2027', '(15 January|January 15,) 2027')));
    await expect(world.db.inWorkspace(world.manager, (tx) => agreementPdf(tx, agreementId))).rejects.toMatchObject({ code: 'not_found', details: { retry: true } });
    await world.prepare(agreementId);
    await world.prepare(agreementId);
    expect((await world.db.inWorkspace(world.manager, (tx) => agreementPdf(tx, agreementId))).toString()).toMatch(/^%PDF/);
    const told = await messages(creatorId);
    expect(told.map(({ kind }) => kind)).toEqual(['agreement']);
    expect(told[0]?.text).toContain('[personal link]');
    expect(await world.run((tx) => agreementSnapshot(tx, agreementId))).toMatchObject({
      status: 'pending', prepared: true, reminded: false, paused: false, remindAt: Date.parse('2026-11-25T09:00:00Z'), expiresAt: Date.parse('2026-11-26T09:00:00Z'),
    });
  });

  test('takes terms per creator over the campaign’s, and names every term that is missing', async () => {
    const campaignId = await world.addPublished({ terms: { currency: 'EUR', usageRights: 'Online' } });
    const one = await world.selected(campaignId, 'One');
    const two = await world.selected(campaignId, 'Two');
    await expect(world.command('send-agreements', campaignId)).resolves.toMatchObject({
      ok: false, code: 'invalid_fields', details: { fields: [{ path: 'terms.feeMinor' }, { path: 'terms.payDate' }, { path: 'terms.deliverables' }] },
    });
    const own = { feeMinor: 1, payDate: '2027-01-01', deliverables: ['A post'] };
    const items = [{ applicationId: one.applicationId, terms: own }, { applicationId: two.applicationId, terms: { ...own, payDate: undefined as never } }];
    await expect(world.command('send-agreements', campaignId, JSON.parse(JSON.stringify({ items })))).resolves.toMatchObject({
      ok: false, code: 'invalid_fields', details: { fields: [{ path: 'items.1.terms.payDate' }] },
    });
    expect(await world.rows('select 1 from agreement where campaign_id = ?', [campaignId])).toEqual([]);
    const sent = await world.send(campaignId, { items: [{ applicationId: two.applicationId, terms: { ...own, feeMinor: 99 } }] });
    expect(await world.db.inWorkspace(world.manager, (tx) => getAgreement(tx, sent[two.creatorId] ?? ''))).toMatchObject({ terms: { feeMinor: 99, usageRights: 'Online' } });
  });

  test('goes to those selected only, once, and not while paused', async () => {
    const campaignId = await world.addPublished({ terms });
    await expect(world.command('send-agreements', campaignId)).resolves.toMatchObject({ ok: false, code: 'nobody_selected' });
    const pending = await world.apply(campaignId, await world.addCreator());
    await expect(world.command('send-agreements', campaignId, { items: [{ applicationId: pending }] })).resolves.toMatchObject({ ok: false, code: 'wrong_state' });
    const { applicationId } = await world.selected(campaignId);
    await world.command('pause', campaignId);
    await expect(world.command('send-agreements', campaignId)).resolves.toMatchObject({ ok: false, code: 'campaign_paused' });
    await world.command('resume', campaignId);
    expect(Object.keys(await world.send(campaignId))).toHaveLength(1);
    await expect(world.command('send-agreements', campaignId)).resolves.toMatchObject({ ok: false, code: 'nobody_selected' });
    await expect(world.command('send-agreements', campaignId, { items: [{ applicationId }] })).resolves.toMatchObject({ ok: false, code: 'agreement_open' });
  });
});

describe('signing', () => {
  test('records name, tick, time, IP and hash; the name stays sealed for the team until the start', async () => {
    const { campaignId, agreementId, creatorId } = await oneSent();
    const attempt = (input: Parameters<typeof world.sign>[2]) => world.sign(agreementId, creatorId, input);
    await expect(attempt({ name: ' ', agreed: false })).rejects.toMatchObject({ code: 'invalid_fields', details: { fields: [{ path: 'name' }, { path: 'agreed' }] } });
    await expect(attempt({ documentHash: 'f'.repeat(64) })).rejects.toMatchObject({ code: 'conflict' });
    await attempt({ name: 'Canary Legal-Name' });
    await attempt({});
    const team = () => world.db.inWorkspace(world.manager, (tx) => getAgreement(tx, agreementId));
    expect(await team()).toMatchObject({ status: 'accepted', signed: { at: '2026-11-23T09:00:00.000Z', name: null, ip: null } });
    const everything = await world.rows<{ text: string }>(
      `select (select string_agg(a::text, '') from agreement a) || (select string_agg(e::text, '') from audit_entry e) || (select string_agg(o::text, '') from outbox_item o) as text`,
    );
    expect(everything[0]?.text).not.toContain('Canary');
    await world.command('close', campaignId);
    await world.command('start', campaignId);
    expect(await team()).toMatchObject({ signed: { name: 'Canary Legal-Name', ip: '203.0.113.7', userAgent: 'Phone' } });
  });

  test('ends with the window', async () => {
    const { agreementId, creatorId } = await oneSent();
    world.clock.set(new Date('2026-11-26T08:59:59.999Z'));
    await expire(agreementId);
    expect(await world.agreementStatus(agreementId)).toBe('pending');
    world.clock.set(new Date('2026-11-26T09:00:00Z'));
    await expect(world.sign(agreementId, creatorId)).rejects.toMatchObject({ code: 'expired' });
    await expire(agreementId);
    await expire(agreementId);
    expect(await world.agreementStatus(agreementId)).toBe('expired');
    await expect(world.sign(agreementId, creatorId)).rejects.toMatchObject({ code: 'expired' });
    expect(await world.rows(`select 1 from notice where kind = 'choose-replacement' and creator_id = ? and status = 'open'`, [creatorId])).toHaveLength(1);
  });

  test('that came first makes the expiry wait, and stands', async () => {
    const { agreementId, creatorId } = await oneSent();
    let expiring: Promise<void> = Promise.resolve();
    world.clock.set(new Date('2026-11-26T08:59:59Z'));
    await world.db.inWorkspace(world.asCreator(creatorId), async (tx) => {
      const { documentHash } = await ownAgreement(tx, { agreementId, creatorId });
      await sign(tx, { agreementId, creatorId, name: 'Mia', agreed: true, documentHash, ip: null, userAgent: null });
      world.clock.set(new Date('2026-11-26T09:00:01Z'));
      expiring = expire(agreementId);
      await expect(Promise.race([expiring, new Promise((done) => setTimeout(done, 200, 'still waiting'))])).resolves.toBe('still waiting');
    });
    await expiring;
    expect(await world.agreementStatus(agreementId)).toBe('accepted');
  });

  test('that waits for the expiry is refused', async () => {
    const { agreementId, creatorId } = await oneSent();
    let signing: Promise<unknown> = Promise.resolve();
    world.clock.set(new Date('2026-11-26T09:00:01Z'));
    await world.run(async (tx) => {
      await expireAgreement(tx, agreementId);
      // This creator's clock is behind; the row is not.
      world.clock.set(new Date('2026-11-26T08:59:59Z'));
      signing = world.sign(agreementId, creatorId).then(() => 'signed', (error: { code: string }) => error.code);
      await expect(Promise.race([signing, new Promise((done) => setTimeout(done, 200, 'still waiting'))])).resolves.toBe('still waiting');
    });
    await expect(signing).resolves.toBe('expired');
  });

  test('twenty times at once against the expiry ends one way or the other, never both', async () => {
    const { agreementId, creatorId } = await oneSent();
    world.clock.set(new Date('2026-11-26T08:59:59Z'));
    const signing = Array.from({ length: 10 }, () => world.sign(agreementId, creatorId).then(() => 'signed', (error: { code: string }) => error.code));
    world.clock.set(new Date('2026-11-26T09:00:01Z'));
    await Promise.all([...signing, ...Array.from({ length: 10 }, () => expire(agreementId))]);
    const status = await world.agreementStatus(agreementId);
    const outcomes = new Set(await Promise.all(signing));
    expect([...outcomes]).toEqual([status === 'accepted' ? 'signed' : 'expired']);
  });

  test('belongs to the creator alone', async () => {
    const { agreementId } = await oneSent();
    await expect(world.sign(agreementId, await world.addCreator())).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('refusing', () => {
  test('declining is final, asks for a replacement, and is once', async () => {
    const { campaignId, agreementId, creatorId, applicationId } = await oneSent();
    await refuse(decline, agreementId, creatorId);
    await refuse(decline, agreementId, creatorId);
    await expect(world.sign(agreementId, creatorId)).rejects.toMatchObject({ code: 'wrong_state', details: { state: 'declined' } });
    await expect(world.command('send-agreements', campaignId, { items: [{ applicationId }] })).resolves.toMatchObject({ ok: false, code: 'refusal_final' });
    await expect(world.command('send-agreements', campaignId)).resolves.toMatchObject({ ok: false, code: 'nobody_selected' });
    expect(await world.db.inWorkspace(world.manager, (tx) => listReplacements(tx, campaignId, 'open'))).toMatchObject([{ reason: 'declined', creator: { id: creatorId } }]);
  });

  test('dropping out is possible after signing, until the start, and is shown as such', async () => {
    const { campaignId, agreementId, creatorId } = await oneSent();
    await expect(refuse(dropOut, agreementId, creatorId)).rejects.toMatchObject({ code: 'wrong_state' });
    await world.sign(agreementId, creatorId);
    await expect(refuse(decline, agreementId, creatorId)).rejects.toMatchObject({ code: 'wrong_state', details: { allowed: ['drop-out'] } });
    const stays = await world.selected(campaignId, 'Stays');
    const sent = await world.send(campaignId);
    await world.sign(sent[stays.creatorId] ?? '', stays.creatorId);
    await world.command('close', campaignId);
    await refuse(dropOut, agreementId, creatorId);
    const list = (status: 'dropped-out' | 'accepted') =>
      world.db.inWorkspace(world.manager, (tx) => listAgreements(tx, { campaignId, status }, { limit: 10 }));
    expect((await list('dropped-out')).data).toMatchObject([{ id: agreementId, status: 'declined', droppedOut: true, ended: { reason: 'No time', by: { kind: 'creator' } } }]);
    await world.command('start', campaignId);
    await expect(refuse(dropOut, sent[stays.creatorId] ?? '', stays.creatorId)).rejects.toMatchObject({ code: 'wrong_state', details: { state: 'started' } });
    expect((await list('accepted')).data).toHaveLength(1);
  });

  test('dropping out and the start at the same moment: whoever holds the campaign first', async () => {
    const { campaignId, agreementId, creatorId } = await oneSent();
    await world.sign(agreementId, creatorId);
    await world.command('close', campaignId);
    const [out, start] = await Promise.all([
      refuse(dropOut, agreementId, creatorId).then(() => 'out', (error: { code: string }) => error.code),
      world.command('start', campaignId),
    ]);
    expect(start).toMatchObject(out === 'out' ? { ok: false, code: 'nobody_signed' } : { ok: true });
  });

  test('after expired or withdrawn a new one may be sent; a withdrawn one can no longer be signed', async () => {
    const { campaignId, agreementId, creatorId } = await oneSent();
    await world.prepare(agreementId);
    const withdraw = (id: string) => world.db.inWorkspace(world.manager, (tx) => withdrawAgreement(tx, { agreementId: id, reason: 'Other fee' }));
    await withdraw(agreementId);
    await withdraw(agreementId);
    expect((await messages(creatorId)).map(({ kind }) => kind)).toEqual(['agreement', 'agreement-withdrawn']);
    await expect(world.sign(agreementId, creatorId)).rejects.toMatchObject({ code: 'wrong_state', details: { state: 'withdrawn' } });
    const second = (await world.send(campaignId))[creatorId] ?? '';
    world.clock.advance(73 * hour);
    await expire(second);
    const third = (await world.send(campaignId))[creatorId] ?? '';
    await world.sign(third, creatorId);
    expect(await Promise.all([agreementId, second, third].map((id) => world.agreementStatus(id)))).toEqual(['withdrawn', 'expired', 'accepted']);
    expect(await world.db.inWorkspace(world.manager, (tx) => listReplacements(tx, campaignId))).toHaveLength(1);
  });

  test('somebody else is chosen, once, until the start', async () => {
    const { campaignId, agreementId, creatorId, applicationId } = await oneSent();
    const stays = await world.selected(campaignId, 'Stays');
    const sent = await world.send(campaignId);
    await world.sign(sent[stays.creatorId] ?? '', stays.creatorId);
    const spare = await world.apply(campaignId, await world.addCreator({ name: 'Spare' }));
    await refuse(decline, agreementId, creatorId);
    const [replacement] = await world.db.inWorkspace(world.manager, (tx) => listReplacements(tx, campaignId));
    const choose = (id: string) => world.db.inWorkspace(world.manager, (tx) => chooseReplacement(tx, { replacementId: replacement?.id ?? '', applicationId: id }));
    await expect(choose(applicationId)).rejects.toMatchObject({ code: 'refusal_final' });
    await choose(spare);
    await expect(choose(spare)).rejects.toMatchObject({ code: 'wrong_state', details: { state: 'chosen' } });
    expect(await world.db.inWorkspace(world.manager, (tx) => listReplacements(tx, campaignId))).toMatchObject([{ status: 'chosen', chosen: { name: 'Spare' } }]);
    expect(await world.rows('select status from application where id = ?', [spare])).toEqual([{ status: 'selected' }]);
    expect(await world.rows(`select 1 from notice where kind = 'choose-replacement' and campaign_id = ? and status = 'open'`, [campaignId])).toEqual([]);
  });
});

describe('the window', () => {
  test('is reminded of once, a day before its end', async () => {
    const { agreementId, creatorId } = await oneSent();
    await world.prepare(agreementId);
    const remind = () => world.run((tx) => remindAgreement(tx, agreementId));
    await remind();
    world.clock.set(new Date('2026-11-25T09:00:00Z'));
    await remind();
    await remind();
    expect((await messages(creatorId)).map(({ kind }) => kind)).toEqual(['agreement', 'agreement-reminder']);
    expect(await world.run((tx) => agreementSnapshot(tx, agreementId))).toMatchObject({ reminded: true });
  });

  test('stands still while the campaign is paused and moves by the pause', async () => {
    const { campaignId, agreementId, creatorId } = await oneSent();
    world.clock.advance(70 * hour);
    await world.command('pause', campaignId);
    world.clock.advance(10 * hour);
    await expire(agreementId);
    await world.run((tx) => remindAgreement(tx, agreementId));
    expect(await world.agreementStatus(agreementId)).toBe('pending');
    expect((await world.db.inWorkspace(world.asCreator(creatorId), (tx) => ownAgreement(tx, { agreementId, creatorId })))).toMatchObject({ paused: true, allowed: ['sign', 'decline'] });
    await world.command('resume', campaignId);
    expect(await world.run((tx) => agreementSnapshot(tx, agreementId))).toMatchObject({ paused: false, expiresAt: Date.parse('2026-11-26T19:00:00Z') });
    expect(await world.rows(`select 1 from outbox_item where kind = 'agreement.changed' and payload ->> 'agreementId' = ?`, [agreementId])).not.toEqual([]);
    world.clock.advance(2 * hour - 1);
    await world.sign(agreementId, creatorId);
  });

  test('is cut off by the start, and replacements lapse', async () => {
    const { campaignId, agreementId, creatorId } = await oneSent();
    const stays = await world.selected(campaignId, 'Stays');
    const gone = await world.selected(campaignId, 'Gone');
    const sent = await world.send(campaignId);
    await world.sign(sent[stays.creatorId] ?? '', stays.creatorId);
    await refuse(decline, sent[gone.creatorId] ?? '', gone.creatorId);
    await world.command('close', campaignId);
    await world.command('start', campaignId);
    expect(await world.agreementStatus(agreementId)).toBe('withdrawn');
    await expect(world.sign(agreementId, creatorId)).rejects.toMatchObject({ code: 'wrong_state' });
    expect(await world.db.inWorkspace(world.manager, (tx) => listReplacements(tx, campaignId))).toMatchObject([{ status: 'lapsed' }]);
  });
});
