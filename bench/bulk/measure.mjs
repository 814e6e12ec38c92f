import { measurePace } from './pace.mjs';
import { runSide, startPlace } from './place.mjs';
import { measurePlug } from './plug.mjs';
import { measureSpeed } from './speed.mjs';

const connections = 20;

/**
 * Bulk mail: 20,000 recipients (BULK_COUNT), 20 connections. BULK_BIG=1 also sends ten times as many once, which takes minutes.
 */
export async function measure({ rounds = 5, say }) {
  const count = Number(process.env.BULK_COUNT ?? 20_000);
  const place = await startPlace();
  try {
    const speed = await measureSpeed(place, { rounds, count, say });
    say('ten times as many');
    const big = process.env.BULK_BIG === '1' ? await measureBig(place, count) : undefined;
    say('killed in the middle');
    const plug = await measurePlug(place, { count });
    say('50 a second');
    const pace = await measurePace(place, { ratePerSecond: 50, seconds: 40 });
    const rows = [
      row('mails per second ÷ bare pool: claimed, sent, marked in groups', speed.ratio('ours', 'perSecond').toFixed(2), 'at least 0.80', speed.ratio('ours', 'perSecond') >= 0.8),
      row('the same, every message marked by itself', speed.ratio('single', 'perSecond').toFixed(2), 'at least 0.50', speed.ratio('single', 'perSecond') >= 0.5),
      row('processor per message ÷ bare pool', speed.ratio('ours', 'cpu').toFixed(2), 'at most 1.4', speed.ratio('ours', 'cpu') <= 1.4),
      row('mails per second ÷ bare pool, from the press: recipients frozen, texts rendered, threads and messages written, and all of the above', speed.ratio('whole', 'perSecond').toFixed(2), '–', true),
      ...(big ? [
        row(`time of ${count * 10} ÷ ${count}`, big.time.toFixed(1), 'at most 11', big.time <= 11),
        row('peak memory of the same', big.memory.toFixed(2), 'at most 1.1', big.memory <= 1.1),
      ] : []),
      row('most events in one run of its workflow', String(plug.events), 'at most 2,000', plug.events <= 2_000),
      row('kill -9 in the middle: lost, repeated, unknown, seconds until sending again', `${plug.lost}, ${plug.repeated}, ${plug.unknown}, ${plug.secondsAgain.toFixed(1)}`, `0, 0, at most ${2 * connections}, 8`,
        plug.lost === 0 && plug.repeated === 0 && plug.unknown <= 2 * connections && plug.secondsAgain <= 8),
      row('a sender limited to 50 a second, two processes: most in any sliding second; mean of the middle 80 %', `${pace.most}; ${pace.mean.toFixed(1)}`, 'at most 50; at least 47.5', pace.most <= 50 && pace.mean >= 47.5),
    ];
    const speeds = ['bare', 'ours', 'single', 'whole'].map((side) => Math.round(speed.middle(side, 'perSecond')));
    return {
      table: ['| Bulk | Measured | Target | |', '|---|---|---|---|', ...rows.map(({ line }) => line)].join('\n'),
      how: `Median of ${rounds} rounds of ${count} recipients, ${connections} connections, each side in a process of its own, in turn, the same mails to the same mail server. `
        + `Mails per second: bare ${speeds[0]}, ours ${speeds[1]}, marked singly ${speeds[2]}, from the press ${speeds[3]}. The kill and the pace were done once.`,
      missed: rows.some(({ fine }) => !fine),
    };
  } finally {
    await place.stop();
  }
}

const row = (what, measured, target, fine) => ({ fine, line: `| ${what} | ${measured} | ${target} | ${fine ? '' : 'missed'} |` });

async function measureBig(place, count) {
  await place.fill('Throng', count * 10);
  const small = await runSide('ours.mjs', { ...place.env, GROUP: 'Crowd', WHOLE: '1' });
  const big = await runSide('ours.mjs', { ...place.env, GROUP: 'Throng', WHOLE: '1' });
  return { time: big.sendMs / small.sendMs, memory: big.peakMb / small.peakMb };
}
