/** Why a message exists. `chat`, `group` and `bulk` are written by a person to one, a group and many; the rest is written by the product. */
export const messageKinds = [
  'chat', 'group', 'bulk', 'invite', 'invite-interest', 'agreement', 'agreement-reminder', 'agreement-withdrawn',
  'congratulations', 'bummer', 'newsletter', 'campaign-cancelled', 'campaign-resumed', 'results-request', 'results-reminder',
] as const;
export type MessageKind = (typeof messageKinds)[number];

/**
 * What a message is to its reader, which decides the channels it may take: a `conversation` goes where they wrote from,
 * a `newsletter` only where one is allowed and asked for, a `notice` anywhere.
 */
export const messagePurposes = ['conversation', 'notice', 'newsletter'] as const;
export type MessagePurpose = (typeof messagePurposes)[number];
