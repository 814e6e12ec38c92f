import type { EmailConfig } from './config.js';

/** Where the bounce of one message goes: with its id in it when the mailbox takes plus-addresses, so that any bounce tells whose it is. */
export function bounceAddressFor(config: EmailConfig, messageId: string): string {
  const { address } = config.MAIL_BOUNCE_ADDRESS ?? config.MAIL_FROM;
  const id = messageId.toLowerCase();
  if (!config.MAIL_BOUNCE_PER_MESSAGE || !/^[0-9a-f-]{36}$/.test(id)) return address;
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+${id.replaceAll('-', '')}${address.slice(at)}`;
}

/** The message a bounce address was made for; undefined for any other address. */
export function messageOfBounce(config: EmailConfig, recipient: string): string | undefined {
  const { address } = config.MAIL_BOUNCE_ADDRESS ?? config.MAIL_FROM;
  const at = address.lastIndexOf('@');
  const [prefix, suffix] = [`${address.slice(0, at)}+`.toLowerCase(), address.slice(at).toLowerCase()];
  const given = recipient.trim().toLowerCase();
  if (!given.startsWith(prefix) || !given.endsWith(suffix)) return undefined;
  const hex = given.slice(prefix.length, given.length - suffix.length);
  return /^[0-9a-f]{32}$/.test(hex) ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : undefined;
}
