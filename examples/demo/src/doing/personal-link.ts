import type { CastMember } from '../cast/creator.ts';
import { eventually } from '../telling/eventually.ts';
import { thread, type OwnMessage } from './as-creator.ts';

/** Where personal links lead: `/i/{token}` and `/a/{token}`. */
const pages = { invite: 'i', agreement: 'a' };
type Purpose = keyof typeof pages;

/** A busy machine, which renders a dozen documents at the same time, may take a while to bring a message. */
const patience = 40_000;

/**
 * What a creator does with a message: finds the link in it and follows it. The link is the key; no account, no password.
 * @throws Error when no such message came
 */
export async function followLink(creator: CastMember, purpose: Purpose): Promise<CastMember> {
  const messages = await eventually(() => thread(creator), (all) => all.some((each) => linkIn(each, purpose) !== undefined), patience);
  const token = messages.map((each) => linkIn(each, purpose)).find((found) => found !== undefined);
  if (token === undefined) throw new Error(`${creator.first} got no message with a link to an ${purpose}`);
  return { ...creator, api: creator.api.as(token) };
}

function linkIn({ text }: OwnMessage, purpose: Purpose): string | undefined {
  return new RegExp(`/${pages[purpose]}/([\\w-]+)`).exec(text)?.[1];
}
