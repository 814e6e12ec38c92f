import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { campaignWorld, type CampaignWorld } from '@sevenfold/testing/campaigns';
import { nextDigest, runDigest } from './index.js';

let world: CampaignWorld;
beforeAll(async () => {
  world = await campaignWorld();
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  world.clock.set(new Date('2026-11-23T09:00:00Z'));
  await world.rows('delete from digest_campaign');
  await world.rows('delete from digest');
});

const waiting = () => world.run((tx) => nextDigest(tx));
/** Runs the digest that waits, at this instant; gives the texts that were queued. */
const runAt = async (at: string) => {
  const digest = await waiting();
  if (!digest) throw new Error('no digest waits');
  world.clock.set(new Date(at));
  await Promise.all([0, 1].map(() => world.run((tx) => runDigest(tx, digest.digestId))));
  return world.rows<{ text: string; creator_id: string; purpose: string }>(
    `select m.text, m.creator_id, m.purpose from message m join digest d on d.broadcast_id = m.broadcast_id where d.id = ?`, [digest.digestId],
  );
};

describe('the newsletter', () => {
  test('goes out at 18:00 of the workspace, once to each who opted in, with what is still open', async () => {
    const reader = await world.addCreator({ name: 'Reader', newsletter: true, addresses: { email: 'Reader@creators.test' } });
    await world.addCreator({ name: 'Other', addresses: { email: 'other@creators.test' } });
    // Opted in, but a newsletter never travels by SMS.
    await world.addCreator({ name: 'Texter', newsletter: true, addresses: { sms: '+31612345678' } });
    await world.addPublished({ name: 'Open one' });
    const closed = await world.addPublished({ name: 'Closed one' });
    await world.command('close', closed);
    expect((await waiting())?.dueAt).toBe(Date.parse('2026-11-23T17:00:00Z'));
    const texts = await runAt('2026-11-23T17:00:01Z');
    expect(texts).toHaveLength(1);
    expect(texts[0]).toMatchObject({ creator_id: reader, purpose: 'newsletter' });
    expect(texts[0]?.text).toContain('Open one');
    expect(texts[0]?.text).not.toContain('Closed one');
    expect(await waiting()).toBeNull();
  });

  test('waits for the next day with what is published after 18:00', async () => {
    world.clock.set(new Date('2026-11-23T17:30:00Z'));
    await world.addPublished();
    expect((await waiting())?.dueAt).toBe(Date.parse('2026-11-24T17:00:00Z'));
  });

  test('over six hours late joins the next; a paused campaign waits for one', async () => {
    await world.addPublished({ name: 'Late' });
    expect(await runAt('2026-11-23T23:30:00Z')).toEqual([]);
    const next = await waiting();
    expect(next?.dueAt).toBe(Date.parse('2026-11-24T17:00:00Z'));
    const paused = await world.addPublished({ name: 'Paused' });
    await world.command('pause', paused);
    const texts = await runAt('2026-11-24T18:00:00Z');
    expect(texts[0]?.text).toContain('Late');
    expect(texts[0]?.text).not.toContain('Paused');
    expect((await waiting())?.dueAt).toBe(Date.parse('2026-11-25T17:00:00Z'));
    expect(await world.rows(`select 1 from notice where kind = 'newsletter-joined-next'`)).toHaveLength(1);
  });
});
