import type { Stage } from '../stage.ts';

const port = (variable: string, fallback: number) => `http://localhost:${process.env[variable] ?? fallback}`;

/** The pages of `npm start`, by its own port variables. Who uses real parts looks there instead. */
const pages = (): [what: string, url: string][] => [
  ['mails', port('MAIL_WEB_PORT', 1080)],
  ['text messages', port('TWILIO_EMULATOR_PORT', 4013)],
  ['Slack', port('SLACK_EMULATOR_PORT', 4003)],
  ['Instagram stories', port('INSTAGRAM_FAKE_PORT', 4023)],
  ['workflows', port('TEMPORAL_UI_PORT', 8233)],
];

/** Where a person can see what has happened: whatever of it answers. */
export async function whereToLook({ voice, campaignId, notes }: Stage, apiUrl: string): Promise<void> {
  voice.chapter('Where to look');
  const known = await Promise.all(pages().map(async ([what, url]) => ((await answers(url)) ? [what, url] : [])));
  const rows = [
    ...known.filter(([what]) => what !== undefined),
    ['the API', `${apiUrl}/docs`],
    ['the campaign', `workflow campaign/${campaignId}`],
    ...(notes.exportedTo === null ? [] : [['addresses', notes.exportedTo]]),
  ];
  for (const [what = '', where = ''] of rows) voice.plain(`  ${what.padEnd(18)} ${where}`);
}

const answers = (url: string) => fetch(url, { headers: { accept: 'text/html' }, signal: AbortSignal.timeout(5_000) }).then(({ ok }) => ok, () => false);
