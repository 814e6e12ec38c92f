import { describe, expect, test } from '@jest/globals';
import { KeyRing } from '@sevenfold/platform/crypto';
import { newId } from '@sevenfold/platform/ids';
import type { ReplyAddressTrait } from '@sevenfold/plugin-sdk';
import { openReplyAddress, replyAddressFor } from './reply-address.js';

const ring = (fill: number): KeyRing => KeyRing.parse(`k1:${Buffer.alloc(32, fill).toString('base64')}`);
const ours = ring(7);
const plus: ReplyAddressTrait = { mailbox: 'Reply@in.agency.test', style: 'plus' };
const domain: ReplyAddressTrait = { mailbox: 'x@in.agency.test', style: 'domain' };

describe('a signed reply address', () => {
  test.each([['plus', plus], ['domain', domain]] as const)('of style %s leads back to its thread, in capitals too', (_name, trait) => {
    for (let n = 0; n < 50; n += 1) {
      const threadId = newId();
      const address = replyAddressFor(ours, trait, threadId);
      expect(address.split('@')[0]?.length).toBeLessThanOrEqual(64);
      expect(openReplyAddress(ours, trait, address)).toBe(threadId);
      expect(openReplyAddress(ours, trait, ` ${address.toUpperCase()} `)).toBe(threadId);
    }
  });

  test('is worth nothing on another domain, with another key, changed, or cut', () => {
    const address = replyAddressFor(ours, plus, newId());
    const [local = ''] = address.split('@');
    expect(openReplyAddress(ours, plus, `${local}@evil.test`)).toBeNull();
    expect(openReplyAddress(ours, plus, `${local}@in.agency.test.evil.test`)).toBeNull();
    expect(openReplyAddress(ours, plus, `${local}@in.agency.test@evil.test`)).toBeNull();
    expect(openReplyAddress(ring(8), plus, address)).toBeNull();
    const other = replyAddressFor(ours, plus, newId());
    expect(openReplyAddress(ours, plus, `${local.slice(0, -20)}${other.split('@')[0]?.slice(-20)}@in.agency.test`)).toBeNull();
    for (let at = 6; at < local.length; at += 1) {
      const letter = local[at] === 'a' ? 'b' : 'a';
      expect(openReplyAddress(ours, plus, `${local.slice(0, at)}${letter}${local.slice(at + 1)}@in.agency.test`)).toBeNull();
    }
    for (const text of ['', '@', 'reply@in.agency.test', 'reply+@in.agency.test', `${local.slice(6)}@in.agency.test`, `${local}x@in.agency.test`]) {
      expect(openReplyAddress(ours, plus, text)).toBeNull();
    }
  });

  test('of one style is not taken for the other', () => {
    const threadId = newId();
    expect(openReplyAddress(ours, plus, replyAddressFor(ours, domain, threadId))).toBeNull();
    expect(openReplyAddress(ours, domain, replyAddressFor(ours, plus, threadId))).toBeNull();
  });
});
