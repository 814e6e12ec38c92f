/** A port the product listens on: which variable changes it, and what it is for. */
export interface PortDefinition {
  variable: string;
  fallback: number;
  what: string;
}

/** Every port of `npm start`. */
export const portDefinitions = {
  api: { variable: 'API_PORT', fallback: 3000, what: 'API' },
  slackbot: { variable: 'SLACKBOT_PORT', fallback: 3001, what: 'Slack bot' },
  workerHealth: { variable: 'WORKER_HEALTH_PORT', fallback: 3002, what: 'health of the worker' },
  slackbotHealth: { variable: 'SLACKBOT_HEALTH_PORT', fallback: 3003, what: 'health of the Slack bot' },
  apiMetrics: { variable: 'API_METRICS_PORT', fallback: 3004, what: 'metrics of the API' },
  postgres: { variable: 'POSTGRES_PORT', fallback: 5433, what: 'PostgreSQL' },
  temporal: { variable: 'TEMPORAL_PORT', fallback: 7233, what: 'Temporal' },
  temporalUi: { variable: 'TEMPORAL_UI_PORT', fallback: 8233, what: 'web page of Temporal' },
  slack: { variable: 'SLACK_EMULATOR_PORT', fallback: 4003, what: 'Slack emulator' },
  twilio: { variable: 'TWILIO_EMULATOR_PORT', fallback: 4013, what: 'Twilio emulator' },
  instagram: { variable: 'INSTAGRAM_FAKE_PORT', fallback: 4023, what: 'fake Instagram' },
  smtp: { variable: 'MAIL_SMTP_PORT', fallback: 1025, what: 'mail sink' },
  mailIn: { variable: 'MAIL_IN_PORT', fallback: 2525, what: 'mail that comes in' },
  mailPage: { variable: 'MAIL_WEB_PORT', fallback: 1080, what: 'web page of the mail sink' },
} satisfies Record<string, PortDefinition>;

export type PortName = keyof typeof portDefinitions;
export type Ports = Record<PortName, number>;

/** Reads the ports that will be used; what is wrong with them is added to `problems`. */
export function readPorts(env: NodeJS.ProcessEnv, used: readonly PortName[], problems: string[]): Ports {
  const owners = new Map<number, string>();
  const read = (name: PortName): number => {
    const { variable, fallback } = portDefinitions[name];
    const port = Number(env[variable]?.trim() || fallback);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      problems.push(`${variable} is not a port (1 to 65535).`);
      return fallback;
    }
    const owner = used.includes(name) ? owners.get(port) : undefined;
    if (owner) problems.push(`${variable} and ${owner} are both ${port}. Give one of them another port.`);
    if (used.includes(name)) owners.set(port, variable);
    return port;
  };
  return {
    api: read('api'),
    slackbot: read('slackbot'),
    workerHealth: read('workerHealth'),
    slackbotHealth: read('slackbotHealth'),
    apiMetrics: read('apiMetrics'),
    postgres: read('postgres'),
    temporal: read('temporal'),
    temporalUi: read('temporalUi'),
    slack: read('slack'),
    twilio: read('twilio'),
    instagram: read('instagram'),
    smtp: read('smtp'),
    mailIn: read('mailIn'),
    mailPage: read('mailPage'),
  };
}
