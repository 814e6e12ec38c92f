/** The value below which a share of the samples lies (0.5 is the median), between two neighbours where it falls between. */
export function quantile(samples, share) {
  const sorted = samples.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below + (above - below) * (place - Math.floor(place));
}

export const median = (samples) => quantile(samples, 0.5);

/** How long one call took, in ms. */
export async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
