/** Why a message exists. `chat` is a person writing; the rest is written by the product for a person. */
export const messageKinds = [
  'chat', 'group', 'invite', 'invite-interest', 'agreement', 'agreement-reminder', 'agreement-withdrawn',
  'congratulations', 'bummer', 'newsletter', 'campaign-cancelled', 'campaign-resumed', 'results-request', 'results-reminder',
] as const;
export type MessageKind = (typeof messageKinds)[number];

/**
 * What a message is to its reader, which decides the channels it may take: a `conversation` goes where they wrote from,
 * a `newsletter` only where one is allowed and asked for, a `notice` anywhere.
 */
export const messagePurposes = ['conversation', 'notice', 'newsletter'] as const;
export type MessagePurpose = (typeof messagePurposes)[number];
