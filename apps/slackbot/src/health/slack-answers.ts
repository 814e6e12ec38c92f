import type { App } from '@slack/bolt';
import { sharedCheck } from '@sevenfold/platform/health';

/** Slack counts calls per minute, and health is asked every few seconds by several: one answer is good for this long, in ms. */
const goodForMs = 5_000;

/** A check that Slack answers and knows our token. */
export const slackAnswers = (slack: App['client']): (() => Promise<void>) => sharedCheck(() => slack.auth.test(), goodForMs);
