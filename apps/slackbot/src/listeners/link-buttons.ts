import type { App } from '@slack/bolt';

/** Slack tells us of a pressed link button and warns the presser when nobody acknowledges it. */
export function acknowledgeLinkButtons(app: App): void {
  app.action(/^open:/, async ({ ack }) => ack());
}
