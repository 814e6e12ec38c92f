import type { PortName } from './ports.js';

/** Which outside parts are real ones of the person's own; the others are started here. */
export interface RealParts {
  postgres: boolean;
  temporal: boolean;
  mail: boolean;
  twilio: boolean;
  slack: boolean;
  instagram: boolean;
}

// Setting any of these says: I have a real one.
const signs: Record<keyof RealParts, string[]> = {
  postgres: ['DATABASE_URL', 'DATABASE_URL_OWNER', 'DATABASE_URL_SYSTEM'],
  temporal: ['TEMPORAL_ADDRESS'],
  mail: ['SMTP_URL'],
  twilio: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_API_BASE', 'TWILIO_API_KEY', 'TWILIO_MESSAGING_SERVICE_SID'],
  slack: ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_API_URL'],
  instagram: ['INSTAGRAM_GRAPH_URL', 'INSTAGRAM_ACCESS_TOKEN'],
};

/** Reads which parts are the person's own. */
export function realParts(env: NodeJS.ProcessEnv): RealParts {
  const isReal = (part: keyof RealParts) => signs[part].some((variable) => env[variable]?.trim());
  return {
    postgres: isReal('postgres'),
    temporal: isReal('temporal'),
    mail: isReal('mail'),
    twilio: isReal('twilio'),
    slack: isReal('slack'),
    instagram: isReal('instagram'),
  };
}

/** The ports that something will listen on. */
export function usedPorts(real: RealParts): PortName[] {
  const used: PortName[] = ['api', 'slackbot', 'workerHealth', 'slackbotHealth', 'apiMetrics'];
  if (!real.postgres) used.push('postgres');
  if (!real.temporal) used.push('temporal', 'temporalUi');
  if (!real.mail) used.push('smtp', 'mailIn', 'mailPage');
  if (!real.twilio) used.push('twilio');
  if (!real.slack) used.push('slack');
  if (!real.instagram) used.push('instagram');
  return used;
}
