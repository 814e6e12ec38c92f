import { median } from '../statistics.mjs';
import { runSide } from './place.mjs';

/** Bulk mail beside a bare pool, both in turn; and the same marking every message by itself. */
export async function measureSpeed(place, { rounds, count, say }) {
  // Once for nothing, and to know what ours writes: both send the same words.
  const first = await runSide('ours.mjs', { ...place.env, GROUP: 'Crowd' });
  const [message] = await place.rows('select subject, text, html from message where broadcast_id = $1 limit 1', [first.broadcastId]);
  const bareEnv = { ...place.env, SMTP_PORT: String(place.sink.port), COUNT: String(count), SUBJECT: message.subject, TEXT: message.text, HTML: message.html };
  const samples = { bare: [], ours: [], single: [], whole: [] };
  for (let round = 0; round < rounds; round += 1) {
    const sides = ['bare', 'ours', 'single', 'whole'];
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      await place.sink.clear();
      const env = { ...place.env, GROUP: 'Crowd', ...(side === 'single' && { SINGLE: '1' }), ...(side === 'whole' && { WHOLE: '1' }) };
      const sample = side === 'bare' ? await runSide('bare.mjs', bareEnv) : await runSide('ours.mjs', env);
      const arrived = await place.sink.count();
      if (arrived !== count) throw new Error(`${side}: ${arrived} of ${count} arrived`);
      samples[side].push({ perSecond: (count / sample.sendMs) * 1_000, cpu: sample.cpuMicros / count, peakMb: sample.peakMb, ms: sample.sendMs });
      await place.forget();
    }
    say(`round ${round + 1} of ${rounds}: bare ${one(samples.bare)}, ours ${one(samples.ours)}, each by itself ${one(samples.single)}, writing and all ${one(samples.whole)}`);
  }
  // Each round's own ratio: what slowed the machine slowed all of it.
  const ratio = (side, key) => median(samples[side].map((each, index) => each[key] / samples.bare[index][key]));
  const middle = (side, key) => median(samples[side].map((each) => each[key]));
  return { ratio, middle };
}

const one = (side) => `${Math.round(side.at(-1).perSecond)}/s`;
