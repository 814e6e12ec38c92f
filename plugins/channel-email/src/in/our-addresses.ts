import { messageOfBounce } from '../bounce-address.js';
import type { EmailConfig } from '../config.js';

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
const same = (one: string | undefined, other: string): boolean => one?.toLowerCase() === other.trim().toLowerCase();

/** Whether it has the form of a thread's reply address. Whether we made it is proven elsewhere. */
export function isReplyAddress({ MAIL_REPLY_ADDRESS: reply }: EmailConfig, address: string): boolean {
  if (reply === undefined || domainOf(address) !== domainOf(reply.mailbox)) return false;
  if (reply.style === 'domain') return true;
  const local = reply.mailbox.slice(0, reply.mailbox.lastIndexOf('@'));
  return address.trim().toLowerCase().startsWith(`${local.toLowerCase()}+`);
}

/** Whether mail to this address is ours to take: anything else would make us a relay, or answer for somebody else. */
export function isOurs(config: EmailConfig, address: string): boolean {
  const { MAIL_FROM, MAIL_BOUNCE_ADDRESS, MAIL_REPLY_ADDRESS: reply, MAIL_IN_DOMAINS } = config;
  if (MAIL_IN_DOMAINS.includes(domainOf(address)) || isReplyAddress(config, address) || messageOfBounce(config, address) !== undefined) return true;
  return same(MAIL_FROM.address, address) || same(MAIL_BOUNCE_ADDRESS?.address, address) || (reply?.style === 'plus' && same(reply.mailbox, address));
}
