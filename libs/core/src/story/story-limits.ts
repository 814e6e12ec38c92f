/** The platform on which stories are posted (E1). */
export const storyPlatform = 'instagram';

/** Images of one campaign that become stories; more would flood the account's followers. */
export const maxStories = 10;

/** How long one attempt may take, in ms. */
export const attemptTimeoutMs = 45_000;

const minute = 60_000;

/** How long to wait after each failed attempt, in ms of an ordinary day: with the engine's six attempts about an hour and a half. */
export const pausesMs = [minute, 4 * minute, 15 * minute, 30 * minute, 40 * minute] as const;

/** A shorter day shrinks the waits, but nobody is asked more than once a second. */
export const shortestPauseMs = 1_000;
