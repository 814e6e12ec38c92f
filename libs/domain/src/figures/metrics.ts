/** Figures a post can have. */
export const metrics = [
  'views', 'reach', 'impressions', 'likes', 'comments', 'saves', 'shares', 'clicks', 'profile-visits', 'follows', 'watch-time-seconds',
] as const;
export type Metric = (typeof metrics)[number];
