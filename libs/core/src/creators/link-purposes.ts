/** What a personal link lets its holder do. `creator` is the whole creator API, the others one thing each. */
export const linkPurposes = ['creator', 'invite', 'agreement'] as const;
export type LinkPurpose = (typeof linkPurposes)[number];
