/** `posting` is the claim before the call: after a crash it is looked up on the platform, never posted blindly again. */
export const storyStatuses = ['waiting', 'posting', 'posted', 'failed', 'skipped'] as const;
