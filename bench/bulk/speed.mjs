import { median } from '../statistics.mjs';
import { runSide } from './place.mjs';

/**
 * Bulk mail beside a bare pool, both in turn; and the same marking every message by itself.
 * @param press whether also from the press: recipients frozen, messages written, and all of the above
 */
export async function measureSpeed(place, { rounds, count, press, say }) {
  // Once for nothing, and to know what ours writes: both send the same words.
  await place.fill('Sample', Math.ceil(count / 20));
  const first = await runSide('ours.mjs', { ...place.env, GROUP: 'Sample' });
  const [message] = await place.rows('select subject, text, html from message where broadcast_id = $1 limit 1', [first.broadcastId]);
  const bareEnv = { ...place.env, NODE_OPTIONS: '', SMTP_PORT: String(place.sink.port), COUNT: String(count), SUBJECT: message.subject, TEXT: message.text, HTML: message.html };
  await place.forget();
  const sides = ['bare', 'ours', 'single', ...(press ? ['whole'] : [])];
  const samples = Object.fromEntries(sides.map((side) => [side, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      await place.sink.clear();
      const env = { ...place.env, GROUP: 'Crowd', ...(side === 'single' && { SINGLE: '1' }), ...(side === 'whole' && { WHOLE: '1' }) };
      const sample = side === 'bare' ? await runSide('bare.mjs', bareEnv) : await runSide('ours.mjs', env);
      const arrived = await place.sink.count();
      if (arrived !== count) throw new Error(`${side}: ${arrived} of ${count} arrived`);
      samples[side].push({ perSecond: (count / sample.sendMs) * 1_000, cpu: sample.cpuMicros / count, peakMb: sample.peakMb, ms: sample.sendMs });
      await place.forget();
    }
    say(`round ${round + 1} of ${rounds}: ${sides.map((side) => `${names[side]} ${one(samples[side])}`).join(', ')}`);
  }
  // Each round's own ratio: what slowed the machine slowed all of it.
  const ratio = (side, key) => median(samples[side].map((each, index) => each[key] / samples.bare[index][key]));
  const middle = (side, key) => median(samples[side].map((each) => each[key]));
  return { sides, names, ratio, middle };
}

const names = { bare: 'bare', ours: 'ours', single: 'marked singly', whole: 'from the press' };

const one = (side) => `${Math.round(side.at(-1).perSecond)}/s`;
