/** Workflows and the activities that touch the database or a plugin. */
export const mainQueue = 'sevenfold';
/** Posting to Slack; polled by the bot alone, which has no database. */
export const slackQueue = 'slack';
