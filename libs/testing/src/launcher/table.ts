import type { Variables } from './app-environment.js';
import type { RealParts } from './parts.js';
import type { Places } from './places.js';
import type { Ports } from './ports.js';

/** One table of everything a person may want to open. */
export function addressTable(shared: Variables, real: RealParts, ports: Ports, places: Places): string {
  const at = (port: number, path = '') => `http://localhost:${port}${path}`;
  const own = 'your own';
  const rows: [string, string][] = [
    ['REST API', at(ports.api, '/v1')],
    ['API reference', at(ports.api, '/docs')],
    ['Mails (e-mail channel)', real.mail ? own : at(ports.mailPage)],
    ['Answers by mail (SMTP)', real.mail ? own : `localhost:${ports.mailIn}`],
    ['Text messages (Twilio emulator)', real.twilio ? own : at(ports.twilio)],
    ['Slack (emulator)', real.slack ? own : at(ports.slack)],
    ['Instagram stories (fake)', real.instagram ? own : at(ports.instagram)],
    ['Workflows (Temporal)', real.temporal ? own : at(ports.temporalUi)],
    ['Database (PostgreSQL)', real.postgres ? own : `localhost:${ports.postgres}/sevenfold`],
    ['Logs', places.logs],
    ['Admin token (Bearer)', shared.SEVENFOLD_BOOTSTRAP_TOKEN ?? ''],
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (left: string, middle: string, right: string) =>
    left + widths.map((width) => '─'.repeat(width + 2)).join(middle) + right;
  const body = rows.map(([what, where]) => `│ ${what.padEnd(widths[0] ?? 0)} │ ${where.padEnd(widths[1] ?? 0)} │`);
  return [line('┌', '┬', '┐'), ...body, line('└', '┴', '┘')].join('\n');
}
