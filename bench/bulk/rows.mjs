const connections = 20;

/** Lines of the table, each with whether its target was met. */
export const speedRows = (speed) => [
  row('mails per second ÷ bare pool: claimed, sent, marked in groups', speed.ratio('ours', 'perSecond').toFixed(2), 'at least 0.80', speed.ratio('ours', 'perSecond') >= 0.8),
  row('the same, every message marked by itself', speed.ratio('single', 'perSecond').toFixed(2), 'at least 0.50', speed.ratio('single', 'perSecond') >= 0.5),
  row('processor per message ÷ bare pool', speed.ratio('ours', 'cpu').toFixed(2), 'at most 1.4', speed.ratio('ours', 'cpu') <= 1.4),
  ...(speed.sides.includes('whole')
    ? [row('mails per second ÷ bare pool, from the press: recipients frozen, texts rendered, threads and messages written, and all of the above', speed.ratio('whole', 'perSecond').toFixed(2), '–', true)]
    : []),
];

export const sizeRows = ({ time, memory, each }) => {
  const list = (key) => each.map((size) => Math.round(size[key])).join(', ');
  const [, crowd, throng] = each;
  return [
    row(`time of ${throng.count} ÷ ${crowd.count}`, time.toFixed(1), 'at most 11', time <= 11),
    row('peak memory of the same', memory.toFixed(2), 'at most 1.1', memory <= 1.1),
    row(`${list('count')} recipients from the press: a second; processor each; memory at most`, `${list('perSecond')}; ${list('cpuMicros')} µs; ${list('peakMb')} MB`, '–', true),
  ];
};

export const plugRows = ({ events, lost, repeated, unknown, secondsAgain }) => [
  row('most events in one run of its workflow', String(events), 'at most 2,000', events <= 2_000),
  row('kill -9 in the middle: lost, repeated, unknown, seconds until sending again', `${lost}, ${repeated}, ${unknown}, ${secondsAgain.toFixed(1)}`, `0, 0, at most ${2 * connections}, 8`,
    lost === 0 && repeated === 0 && unknown <= 2 * connections && secondsAgain <= 8),
];

export const paceRows = ({ most, mean }) => [
  row('a sender limited to 50 a second, two processes: most in any sliding second; mean of the middle 80 %', `${most}; ${mean.toFixed(1)}`, 'at most 50; at least 47.5', most <= 50 && mean >= 47.5),
];

const row = (what, measured, target, fine) => ({ fine, line: `| ${what} | ${measured} | ${target} | ${fine ? '' : 'missed'} |` });
