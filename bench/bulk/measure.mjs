import { measurePace } from './pace.mjs';
import { startPlace } from './place.mjs';
import { measurePlug } from './plug.mjs';
import { paceRows, plugRows, sizeRows, speedRows } from './rows.mjs';
import { measureSizes } from './sizes.mjs';
import { measureSpeed } from './speed.mjs';

/**
 * Bulk mail: 20,000 recipients (BULK_COUNT), 20 connections; also to a tenth and, once, to ten times as many, which takes most of its
 * half hour (BULK_BIG=0 leaves these out). BULK_ONLY=speed,press,sizes,plug,pace measures only some parts; `press` goes with `speed`.
 */
export async function measure({ rounds = 5, say }) {
  const count = Number(process.env.BULK_COUNT ?? 20_000);
  const parts = (process.env.BULK_ONLY ?? (process.env.BULK_BIG === '0' ? 'speed,press,plug,pace' : 'speed,press,sizes,plug,pace')).split(',');
  const place = await startPlace();
  try {
    await place.fill('Crowd', count);
    const rows = [];
    let speed;
    if (parts.includes('speed')) rows.push(...speedRows((speed = await measureSpeed(place, { rounds, count, press: parts.includes('press'), say }))));
    if (parts.includes('sizes')) rows.push(...sizeRows(await measureSizes(place, { rounds: 3, count, say })));
    if (parts.includes('plug')) rows.push(...plugRows(await measurePlug(place, { count })));
    if (parts.includes('pace')) rows.push(...paceRows(await measurePace(place, { ratePerSecond: 50, seconds: 40 })));
    return {
      table: ['| Bulk | Measured | Target | |', '|---|---|---|---|', ...rows.map(({ line }) => line)].join('\n'),
      how: `${speed ? `Median of ${rounds} rounds of ${count} recipients, 20 connections, each side in a process of its own, in turn, the same mails to the same mail server. ${said(speed)} ` : ''}`
        + 'The kill, the pace and the largest size were done once.',
      missed: rows.some(({ fine }) => !fine),
    };
  } finally {
    await place.stop();
  }
}

function said({ sides, names, middle }) {
  const words = (key) => sides.map((side) => `${names[side]} ${Math.round(middle(side, key))}`).join(', ');
  return `Mails per second: ${words('perSecond')}. Processor of the sending process per message, µs: ${words('cpu')}.`;
}
