import type { CastMember } from '../cast/creator.ts';
import { readInvites } from '../reading/invites.ts';
import type { Stage } from '../stage.ts';
import { eventually } from '../telling/eventually.ts';

/** The account of the Twilio emulator; nothing secret is behind it. */
const account = { sid: 'AC00000000000000000000000000000000', token: 'twilio_test_auth_token', number: '+15551234567' };

/** Where the emulator is, unless somebody uses the real Twilio. */
const emulator = () =>
  process.env.TWILIO_API_BASE ?? `http://127.0.0.1:${process.env.TWILIO_EMULATOR_PORT ?? 4013}`;

/**
 * The creator's telephone answers YES once the invite is there: the emulator posts it to the product, signed as Twilio
 * signs. @returns false where there is no emulator
 */
export async function answerYesBySms(stage: Stage, { phone, id }: CastMember): Promise<boolean> {
  if (phone === null) return false;
  const arrived = await eventually(() => inboxOf(phone), (count) => count === null || count > 0);
  if (arrived === null || arrived === 0) return false;
  const body = new URLSearchParams({ To: account.number, From: phone, Body: 'YES' });
  const answer = await fetch(`${emulator()}/_twilio/simulate/inbound-message`, { method: 'POST', headers: login(), body });
  if (!answer.ok) return false;
  const invites = await eventually(() => readInvites(stage), (all) => all.some((each) => each.creator.id === id && each.status === 'interested'));
  return invites.some((each) => each.creator.id === id && each.status === 'interested');
}

/** How many messages this number has got; null when nobody is there to ask. */
async function inboxOf(phone: string): Promise<number | null> {
  const url = `${emulator()}/2010-04-01/Accounts/${account.sid}/Messages.json?PageSize=1000&To=${encodeURIComponent(phone)}`;
  try {
    const response = await fetch(url, { headers: login(), signal: AbortSignal.timeout(2_000) });
    const found: { messages?: unknown[] } = response.ok ? JSON.parse(await response.text()) : {};
    return found.messages?.length ?? null;
  } catch {
    return null;
  }
}

function login(): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${account.sid}:${account.token}`).toString('base64')}` };
}
