import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chooseChannels, type ChannelOption } from './index.js';

const usable = { newsletter: true, needsAppSession: false, hasAddress: true, consent: true };
const app: ChannelOption = { ...usable, channel: 'one', needsAppSession: true };
const mail: ChannelOption = { ...usable, channel: 'two' };
const sms: ChannelOption = { ...usable, channel: 'three', newsletter: false };
const all = [app, mail, sms];
const notice = { purpose: 'notice' as const, hasApp: true };

describe('the order of channels', () => {
  it('is as configured, the app only for who has it', () => {
    expect(chooseChannels(all, notice)).toEqual(['one', 'two', 'three']);
    expect(chooseChannels(all, { ...notice, hasApp: false })).toEqual(['two', 'three']);
  });

  it('of a reply begins with the channel last written from, of a notice not', () => {
    expect(chooseChannels(all, { purpose: 'conversation', hasApp: true, lastFrom: 'three' })).toEqual(['three', 'one', 'two']);
    expect(chooseChannels(all, { ...notice, lastFrom: 'three' })).toEqual(['one', 'two', 'three']);
  });

  it('begins with the team’s choice before all', () => {
    expect(chooseChannels(all, { purpose: 'conversation', hasApp: true, preferred: 'two', lastFrom: 'three' })).toEqual(['two', 'three', 'one']);
  });

  it('lets no wish override a missing address, a STOP, or a newsletter that may not travel there', () => {
    expect(chooseChannels([app, { ...mail, hasAddress: false }, sms], { ...notice, preferred: 'two' })).toEqual(['one', 'three']);
    expect(chooseChannels([app, mail, { ...sms, consent: false }], { purpose: 'conversation', hasApp: true, lastFrom: 'three' })).toEqual(['one', 'two']);
    expect(chooseChannels(all, { purpose: 'newsletter', hasApp: false, preferred: 'three' })).toEqual(['two']);
  });

  it('names each once, and only what can be used', () => {
    const option = fc.record({
      channel: fc.constantFrom('a', 'b', 'c', 'd'), newsletter: fc.boolean(), needsAppSession: fc.boolean(), hasAddress: fc.boolean(), consent: fc.boolean(),
    });
    const wish = fc.record({
      purpose: fc.constantFrom('conversation' as const, 'notice' as const, 'newsletter' as const), hasApp: fc.boolean(),
      preferred: fc.constantFrom('a', 'b', 'x', null), lastFrom: fc.constantFrom('c', 'd', null),
    });
    fc.assert(fc.property(fc.uniqueArray(option, { selector: ({ channel }) => channel }), wish, (options, given) => {
      const chosen = chooseChannels(options, given);
      expect(new Set(chosen).size).toBe(chosen.length);
      const good = options.filter((each) => each.hasAddress && each.consent && (given.hasApp || !each.needsAppSession) && (given.purpose !== 'newsletter' || each.newsletter));
      expect([...chosen].sort()).toEqual(good.map(({ channel }) => channel).sort());
    }));
  });
});
