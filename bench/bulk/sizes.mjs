import { median } from '../statistics.mjs';
import { runSide } from './place.mjs';

/**
 * The same work a tenth, once and ten times as large, from the press to the last mark: whether a recipient costs the same however many
 * there are. The small ones several times, in turn; the large one takes minutes, so `rounds` counts for the others.
 */
export async function measureSizes(place, { count, rounds, say }) {
  const sizes = [
    { group: 'Few', count: count / 10, samples: [] },
    { group: 'Crowd', count, samples: [] },
    { group: 'Throng', count: count * 10, samples: [] },
  ];
  for (const { group, count: recipients } of sizes) if (group !== 'Crowd') await place.fill(group, recipients);
  const once = async ({ group, count: recipients, samples }) => {
    await place.sink.clear();
    const sample = await runSide('ours.mjs', { ...place.env, GROUP: group, WHOLE: '1' });
    const arrived = await place.sink.count();
    if (arrived !== recipients) throw new Error(`${group}: ${arrived} of ${recipients} arrived`);
    samples.push(sample);
    await place.forget();
    say(`${recipients}: ${(sample.sendMs / 1_000).toFixed(1)} s, ${Math.round(sample.cpuMicros / recipients)} µs of processor each, ${Math.round(sample.peakMb)} MB at most`);
  };
  for (let round = 0; round < rounds; round += 1) for (const size of sizes.slice(0, 2)) await once(size);
  await once(sizes[2]);
  const middle = ({ samples }, key) => median(samples.map((each) => each[key]));
  const [, crowd, throng] = sizes;
  return {
    time: middle(throng, 'sendMs') / middle(crowd, 'sendMs'),
    memory: middle(throng, 'peakMb') / middle(crowd, 'peakMb'),
    each: sizes.map((size) => ({
      count: size.count, perSecond: (size.count / middle(size, 'sendMs')) * 1_000, cpuMicros: middle(size, 'cpuMicros') / size.count, peakMb: middle(size, 'peakMb'),
    })),
  };
}
