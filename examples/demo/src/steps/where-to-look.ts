import type { Stage } from '../stage.ts';

const at = (variable: string, fallback: number) => `http://localhost:${process.env[variable] ?? fallback}`;

/** Where a person can see what has happened; the ports are those of `npm start`. */
export function whereToLook({ voice, campaignId, notes }: Stage, apiUrl: string): void {
  voice.chapter('Where to look');
  voice.plain(`  mails              ${at('MAIL_WEB_PORT', 1080)}`);
  voice.plain(`  text messages      ${at('TWILIO_EMULATOR_PORT', 4013)}`);
  voice.plain(`  Slack              ${at('SLACK_EMULATOR_PORT', 4003)}`);
  voice.plain(`  Instagram stories  ${at('INSTAGRAM_FAKE_PORT', 4023)}`);
  voice.plain(`  workflows          ${at('TEMPORAL_UI_PORT', 8233)}   (campaign/${campaignId})`);
  voice.plain(`  the API            ${apiUrl}/docs`);
  if (notes.exportedTo !== null) voice.plain(`  addresses          ${notes.exportedTo}`);
}
