/**
 * What `npm run bench` measures, in this order. A section's module exports `measure({ rounds, say })`, which answers
 * `{ table, how, missed }`, and has its place in docs/benchmarks.md.
 */
export const sections = [
  { name: 'startup', load: () => import('./startup/measure.mjs') },
  { name: 'message', load: () => import('./message/measure.mjs') },
  { name: 'bulk', load: () => import('./bulk/measure.mjs') },
  { name: 'inbox', load: () => import('./inbox/measure.mjs') },
];
