import { TWILIO_API, type TwilioConfig } from './config.js';

/** One address media may be fetched from. */
export interface MediaPlace {
  url: URL;
  /** For the API itself, which asks who we are. */
  authorization?: string;
  /** An address of the open internet: it must not lead into our own network. */
  publicOnly: boolean;
}

// Where Twilio keeps media and redirects to. The bucket is of the days before media were protected.
const STORES = [/^(?:mms|media)\.twiliocdn\.com$/, /^[a-z0-9.-]+\.twiliocdn\.com$/];
const BUCKET = { host: 's3-external-1.amazonaws.com', path: '/media.twiliocdn.com/' };

/**
 * Whether media may be fetched there, and with what. The API's own address is rewritten to the configured base, as every call is;
 * a base that was configured is trusted, wherever it is.
 */
export function placeOf(address: string, config: TwilioConfig): MediaPlace | undefined {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '') return undefined;
  const base = new URL(config.TWILIO_API_BASE);
  const authorization = `Basic ${Buffer.from(`${config.TWILIO_API_KEY ?? config.TWILIO_ACCOUNT_SID}:${config.TWILIO_API_SECRET ?? config.TWILIO_AUTH_TOKEN}`).toString('base64')}`;
  if (url.origin === base.origin) return { url, authorization, publicOnly: config.TWILIO_API_BASE === TWILIO_API };
  if (url.origin === TWILIO_API) {
    return { url: new URL(base.href.replace(/\/+$/, '') + url.pathname + url.search), authorization, publicOnly: false };
  }
  const isStore = STORES.some((store) => store.test(url.hostname)) || (url.hostname === BUCKET.host && url.pathname.startsWith(BUCKET.path));
  return isStore && url.protocol === 'https:' && url.port === '' ? { url, publicOnly: true } : undefined;
}
