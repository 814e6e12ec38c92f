import { runSide } from './place.mjs';

/** A sender limited to so many a second, sent for by two processes at once that share nothing but the database. */
export async function measurePace(place, { ratePerSecond, seconds }) {
  const count = ratePerSecond * seconds;
  await place.fill('Paced', count);
  await place.sink.clear();
  const env = { ...place.env, GROUP: 'Paced', RATE: String(ratePerSecond), WHOLE: '1' };
  const first = runSide('ours.mjs', env);
  const broadcastId = await waitFor(async () => (await place.rows(`select id from broadcast where status in ('queued', 'sending') and name = 'Paced'`))[0]?.id);
  await Promise.all([first, runSide('ours.mjs', { ...env, BROADCAST: broadcastId })]);
  const times = (await place.sink.times()).toSorted((a, b) => a - b);
  let most = 0;
  for (let from = 0, to = 0; to < times.length; to += 1) {
    while (times[to] - times[from] >= 1_000) from += 1;
    most = Math.max(most, to - from + 1);
  }
  const middle = times.slice(Math.floor(times.length * 0.1), Math.ceil(times.length * 0.9));
  const mean = (middle.length - 1) / ((middle.at(-1) - middle[0]) / 1_000);
  return { most, mean, arrived: times.length, count };
}

async function waitFor(find) {
  for (;;) {
    const found = await find();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
