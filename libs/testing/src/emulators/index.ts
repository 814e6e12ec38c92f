export { slackMessages, slackWorkspace, startSlackEmulator, type SlackEmulator, type SlackEmulatorOptions, type SlackMessage } from './slack.js';
export {
  startTwilioEmulator,
  twilioAccount,
  type TwilioEmulator,
  type TwilioEmulatorOptions,
  type TwilioMessage,
} from './twilio.js';
