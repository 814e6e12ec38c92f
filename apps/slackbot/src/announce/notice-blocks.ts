import type { types } from '@slack/bolt';
import type { BotNotice } from '../api/bot-api.js';

/** A notice as Block Kit: its text, and a way to the campaign where there is one. */
export function noticeBlocks({ text, link, kind }: BotNotice): types.KnownBlock[] {
  const section: types.KnownBlock = { type: 'section', text: { type: 'mrkdwn', text: escapeText(text).slice(0, 3_000) } };
  if (link === null) return [section];
  return [
    section,
    {
      type: 'actions',
      elements: [{ type: 'button', action_id: `open:${kind}`, text: { type: 'plain_text', text: 'Open campaign' }, url: link }],
    },
  ];
}

/** Slack's three: without it, a campaign called <!channel> would ring for everybody. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
