import type { Metric } from './metrics.js';

/** The asked figures of a post's platform that it does not have yet: only these are asked of the creator (E7). */
export function missingFigures<A extends { platform: string; metric: Metric }>(
  asked: readonly A[],
  post: { platform: string; figures: Readonly<Record<string, unknown>> },
): A[] {
  return asked.filter(({ platform, metric }) => platform === post.platform && post.figures[metric] === undefined);
}
