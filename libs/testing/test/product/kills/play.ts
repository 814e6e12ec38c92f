import { setTimeout as sleep } from 'node:timers/promises';
import { CampaignStage, listOf, type Answer, type Product, type StagedCreator } from '../../../src/product/index.js';
import { until } from '../../../src/util/index.js';

/** The moments of a campaign at which something may be killed. */
export const steps = ['published', 'applied', 'selected', 'agreements-sent', 'signed', 'declined', 'closed', 'started', 'told'] as const;
export type Step = (typeof steps)[number];

export interface Transcript {
  /** `creator kind → channel`, sorted; the same message twice would stand here twice. */
  messages: string[];
  /** What mail and SMS arrived outside: `address subject-or-start`, sorted. */
  arrived: string[];
  /** Messages of which nobody knows whether they left. Honest, and allowed once per kill and connection. */
  unknown: number;
  milestones: string[];
  /** How often each action was recorded. */
  audit: Record<string, number>;
  group: string[];
}

export interface Play {
  /** Tells this run's addresses from others'; letters and digits. */
  run: string;
  dayMs: number;
  /** Pressed by somebody, or left to the schedule. */
  close: 'early' | 'by-schedule';
}

/**
 * Plays a campaign to the end, calling `between` after each step. A day must be long enough for every recovery to fall into it. Everything is pressed until it is done, with the same
 * key, as a person or an integration would after an error.
 */
export async function play(
  product: Product,
  { run, dayMs, close }: Play,
  between: (step: Step) => Promise<void> = async () => undefined,
): Promise<Transcript> {
  const stage = await CampaignStage.open(product.api, { dayMs });
  const by = (name: string, contact: { email?: string; sms?: string; app?: boolean }) => stage.creator(name, { ...contact, newsletter: false });
  const mail = (name: string): string => `${name}.${run}@creators.test`;
  const [ana, bo, cyd, dee, eve] = [
    await by('Ana', { email: mail('ana') }), await by('Bo', { sms: phone(run, 1) }), await by('Cyd', { app: true }),
    await by('Dee', { email: mail('dee') }), await by('Eve', { sms: phone(run, 2) }),
  ];
  const everybody = [ana, bo, cyd, dee, eve];
  await pressed(() => stage.publish());
  await between('published');
  const applications = new Map<StagedCreator, string>();
  for (const creator of everybody) {
    const answer = await pressed((key) => creator.api.post(`/v1/creator/campaigns/${stage.campaignId}/applications`, { motivation: 'Me' }, { key }), ['already_applied']);
    applications.set(creator, String(answer.body['applicationId'] ?? answer.body['id']));
  }
  await between('applied');
  for (const creator of [ana, bo, cyd, dee]) {
    await pressed(() => stage.api.patch(`/v1/applications/${applications.get(creator)}`, { status: 'selected' }));
  }
  await between('selected');
  await pressed((key) => stage.api.post(stage.path('/agreements'), {}, { key }));
  await between('agreements-sent');
  await sent(stage, ['agreement'], 4);
  for (const creator of [ana, bo, cyd]) await pressed(() => stage.sign(creator));
  await between('signed');
  const own = await stage.agreementOf(dee);
  await pressed((key) => dee.api.post(`/v1/creator/agreements/${own.id}/decline`, {}, { key }));
  await between('declined');
  if (close === 'early') await pressed((key) => stage.api.post(stage.path('/close'), {}, { key }));
  await stage.reached('closed', 400_000);
  await between('closed');
  await pressed((key) => stage.api.post(stage.path('/start'), {}, { key }));
  await between('started');
  await sent(stage, ['congratulations', 'bummer'], 4);
  await between('told');
  return transcript(product, stage, run, everybody);
}

const phone = (run: string, n: number): string => `+3161${String(parseInt(run, 36) % 100_000).padStart(5, '0')}${n}1`;

/** Presses until it is done: an answer of 5xx, of a running repeat or a broken line means "press again, same key". */
export async function pressed(press: (key: string) => Promise<Answer>, fine: string[] = []): Promise<Answer> {
  const key = `press-${Math.random().toString(36).slice(2)}`;
  let last: unknown;
  for (let tries = 0; tries < 150; tries++) {
    try {
      const answer = await press(key);
      const code = String(answer.body['code'] ?? '');
      if (answer.status < 300 || fine.includes(code)) return answer;
      if (answer.status < 500 && code !== 'idempotency_running') throw new Refused(answer);
      last = answer;
    } catch (error) {
      if (error instanceof Refused) throw error;
      last = error;
    }
    await sleep(400);
  }
  throw new Error('Pressed for a minute and it did not happen', { cause: last });
}

class Refused extends Error {
  constructor({ status, body }: Answer) {
    super(`Refused with ${status}: ${JSON.stringify(body)}`);
  }
}

/** So many messages of these kinds are on their way to nobody any more. */
async function sent(stage: CampaignStage, kinds: readonly string[], count: number): Promise<void> {
  await until(
    async () => {
      const { body } = await stage.api.get(stage.path('/messages?limit=200'));
      const messages = (body.data ?? []).filter((each) => kinds.includes(String(each['kind'])));
      return messages.length === count && messages.every((each) => !['queued', 'claimed'].includes(String(each['status'])));
    },
    { timeoutMs: 90_000, everyMs: 300, what: `${count} messages to be sent: ${kinds.join(', ')}` },
  );
}

async function transcript(product: Product, stage: CampaignStage, run: string, creators: StagedCreator[]): Promise<Transcript> {
  const names = new Map(creators.map(({ id, name }) => [id, name]));
  const { body } = await stage.api.get(stage.path('/messages?limit=200'));
  const messages = body.data ?? [];
  const line = (each: (typeof messages)[number]): string =>
    `${names.get(String(each['creator']?.['id'] ?? each['creatorId'])) ?? '?'} ${String(each['kind'])} → ${String(each['channel'])}`;
  const timeline = (await stage.api.get(stage.path(''))).body;
  const milestones = listOf(timeline['milestones']);
  const audit = (await stage.api.get(`/v1/audit?campaignId=${stage.campaignId}&limit=200`)).body.data ?? [];
  const group = (await stage.api.get(stage.path('/collaborations'))).body.data ?? [];
  return {
    messages: messages.map(line).sort(),
    arrived: [...(await mails(product, run)), ...(await texts(product, creators, run))].sort(),
    unknown: messages.filter((each) => String(each['status']) === 'unknown').length,
    milestones: milestones.map((each) => `${String(each['key'])} ${String(each['status'])}`),
    audit: audit.map((each) => String(each['action'])).reduce<Record<string, number>>((count, action) => ({ ...count, [action]: (count[action] ?? 0) + 1 }), {}),
    group: group.map((each) => names.get(String(each['creator']?.['id'])) ?? '?').sort(),
  };
}

/** What the mail sink got for this run. */
async function mails({ ports }: Product, run: string): Promise<string[]> {
  const response = await fetch(`http://127.0.0.1:${ports.mailPage}/api/email`);
  const all: { subject?: string; to?: { address: string }[] }[] = JSON.parse(await response.text());
  return all
    .filter(({ to }) => to?.some(({ address }) => address.includes(`.${run}@`)))
    .map(({ to, subject }) => `${to?.[0]?.address.split('.')[0]} ${subject ?? ''}`);
}

/** What the SMS emulator took for this run: how each text begins, links left out. */
async function texts({ ports }: Product, creators: StagedCreator[], run: string): Promise<string[]> {
  const found: string[] = [];
  const account = 'AC00000000000000000000000000000000';
  for (const [n, name] of [[1, 'Bo'], [2, 'Eve']] as const) {
    const url = `http://127.0.0.1:${ports.twilio}/2010-04-01/Accounts/${account}/Messages.json?PageSize=1000&To=${encodeURIComponent(phone(run, n))}`;
    const response = await fetch(url, { headers: { authorization: `Basic ${Buffer.from(`${account}:twilio_test_auth_token`).toString('base64')}` } });
    const { messages = [] }: { messages?: { body: string }[] } = JSON.parse(await response.text());
    found.push(...messages.map(({ body }) => `${name.toLowerCase()} ${body.replace(/https?:\S+/g, '').slice(0, 40)}`));
  }
  return found;
}
