import { createEmulator } from 'emulate';
import { freePort } from '../util/index.js';
import type { AsyncResource } from '../util/async-resource.js';

/** The account every emulator has; nothing secret is behind it. */
export const twilioAccount = {
  accountSid: 'AC00000000000000000000000000000000',
  authToken: 'twilio_test_auth_token',
  from: '+15551234567',
} as const;

export interface TwilioEmulatorOptions {
  /** A free one unless told. */
  port?: number;
  /** Where messages from creators are posted to, signed as Twilio does. */
  smsUrl?: string;
}

export interface TwilioMessage {
  sid: string;
  to: string;
  from: string;
  body: string;
  direction: string;
  status: string;
  [field: string]: unknown;
}

export interface TwilioEmulator extends AsyncResource {
  /** Address of the emulator, for TWILIO_API_BASE; its page in a browser. */
  url: string;
  accountSid: string;
  authToken: string;
  from: string;
  /** Every message sent or received, oldest first; only those to one number if told. */
  messages(to?: string): Promise<TwilioMessage[]>;
  /** A creator writes an SMS: posted to `smsUrl`. */
  receive(message: { from: string; body: string }): Promise<TwilioMessage>;
  /** A message changes its state (`sent`, `delivered`, `undelivered`, `failed`): posted to its status callback. */
  setStatus(sid: string, status: string): Promise<TwilioMessage>;
  close(): Promise<void>;
}

/** Starts Twilio without Twilio: messages, signed webhooks, and a page that shows them. Forgets all on `close`. */
export async function startTwilioEmulator(options: TwilioEmulatorOptions = {}): Promise<TwilioEmulator> {
  const port = options.port ?? (await freePort());
  const number = { phone_number: twilioAccount.from, ...(options.smsUrl ? { sms_url: options.smsUrl } : {}) };
  const emulator = await createEmulator({
    service: 'twilio',
    port,
    baseUrl: `http://127.0.0.1:${port}`,
    seed: {
      twilio: {
        account: { sid: twilioAccount.accountSid, auth_token: twilioAccount.authToken, friendly_name: 'Sevenfold' },
        phone_numbers: [number],
      },
    },
  });
  const messagesUrl = `${emulator.url}/2010-04-01/Accounts/${twilioAccount.accountSid}/Messages.json`;
  const close = () => emulator.close();
  return {
    url: emulator.url,
    ...twilioAccount,
    messages: async (to) => {
      const url = `${messagesUrl}?PageSize=1000${to ? `&To=${encodeURIComponent(to)}` : ''}`;
      return allPages(emulator.url, url);
    },
    receive: ({ from, body }) =>
      twilioCall(`${emulator.url}/_twilio/simulate/inbound-message`, { To: twilioAccount.from, From: from, Body: body }),
    setStatus: (sid, status) =>
      twilioCall(`${emulator.url}/_twilio/simulate/message-status`, { MessageSid: sid, Status: status }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function allPages(base: string, first: string): Promise<TwilioMessage[]> {
  const found: TwilioMessage[] = [];
  for (let url: string | undefined = first; url;) {
    const page: { messages: TwilioMessage[]; next_page_uri?: string | null } = await twilioCall(url);
    found.push(...page.messages);
    url = page.next_page_uri ? new URL(page.next_page_uri, base).href : undefined;
  }
  return found.reverse();
}

async function twilioCall<T>(url: string, form?: Record<string, string>): Promise<T> {
  const login = Buffer.from(`${twilioAccount.accountSid}:${twilioAccount.authToken}`).toString('base64');
  const response = await fetch(url, {
    headers: { authorization: `Basic ${login}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  if (!response.ok) throw new Error(`Twilio emulator: ${response.status} ${await response.text()}`);
  return JSON.parse(await response.text());
}
