import type { Check } from '../kit/check.js';
import { addressChecks } from './addresses.js';
import { aloneChecks } from './alone.js';
import { answerChecks } from './answers.js';
import { brokenLineChecks } from './broken-lines.js';
import { configChecks } from './config.js';
import { connectionChecks } from './connections.js';
import { contentChecks } from './content.js';
import { conversationChecks } from './conversation.js';
import { fetchChecks } from './fetching.js';
import { givingUpChecks } from './giving-up.js';
import { healthChecks } from './health.js';
import { listenChecks } from './listening.js';
import { lookUpChecks } from './look-up.js';
import { manifestChecks } from './manifest.js';
import { measureChecks } from './measure.js';
import { robustnessChecks } from './robustness.js';
import { secretChecks } from './secrets.js';
import { webhookChecks } from './webhooks.js';

/** Everything a channel keeps, in the order of the report. */
export const channelChecks: readonly Check[] = [
  ...manifestChecks,
  ...configChecks,
  ...addressChecks,
  ...answerChecks,
  ...contentChecks,
  ...brokenLineChecks,
  ...givingUpChecks,
  ...connectionChecks,
  ...robustnessChecks,
  ...measureChecks,
  ...webhookChecks,
  ...conversationChecks,
  ...fetchChecks,
  ...listenChecks,
  ...lookUpChecks,
  ...secretChecks,
  ...healthChecks,
  ...aloneChecks,
];
