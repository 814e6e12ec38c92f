import type { App } from '@slack/bolt';

/** Slack counts calls per minute, and health is asked every few seconds by several: one answer is good for this long, in ms. */
const goodForMs = 15_000;

/** A check that Slack answers and knows our token. */
export function slackAnswers(slack: App['client']): () => Promise<void> {
  let askedAt = -Infinity;
  let asked: Promise<unknown> | undefined;
  return async () => {
    if (asked === undefined || performance.now() - askedAt > goodForMs) {
      askedAt = performance.now();
      asked = slack.auth.test();
      // Who waits for it hears it; nobody may be waiting any more.
      asked.catch(() => {
        askedAt = -Infinity;
      });
    }
    await asked;
  };
}
