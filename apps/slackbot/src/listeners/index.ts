import type { App } from '@slack/bolt';
import { acknowledgeLinkButtons } from './link-buttons.js';

/** Registers every listener, and nothing else. */
export function registerListeners(app: App): void {
  acknowledgeLinkButtons(app);
}
