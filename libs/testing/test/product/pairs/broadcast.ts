import { randomUUID } from 'node:crypto';
import { PatientApi, CampaignStage, type Product } from '../../../src/product/index.js';
import { until } from '../../../src/util/index.js';
import { asked, pressed } from '../kills/pressed.js';

export interface Broadcast {
  id: string;
  stage: CampaignStage;
  /** Where each recipient's mail is to arrive. */
  emails: string[];
}

/** A message to so many by mail, written and not sent. It takes some seconds, so that something can die in the middle. */
export async function writeBroadcast(product: Product, recipients: number): Promise<Broadcast> {
  const stage = await CampaignStage.open(PatientApi.of(product.api), { dayMs: 3_600_000 });
  const run = randomUUID().slice(0, 8);
  const emails = Array.from({ length: recipients }, (_, i) => `reader-${i}.${run}@creators.test`);
  for (let i = 0; i < recipients; i += 10) {
    await Promise.all(emails.slice(i, i + 10).map((email, n) => stage.creator(`Reader ${i + n}`, { email })));
  }
  const { body } = await pressed((key) => stage.api.post('/v1/broadcasts', {
    name: 'Summer', recipients: { filter: {} }, texts: { subject: 'Summer', text: 'Hello {{creator.name}}' }, ratePerSecond: 30,
  }, { key }));
  return { id: String(body['id']), stage, emails };
}

/** What became of a broadcast, once nothing of it is under way. */
export async function outcomeOf(product: Product, { id, stage, emails }: Broadcast): Promise<{ counts: Record<string, number>; arrived: Map<string, number> }> {
  const done = async () => {
    const broadcast = await asked(() => stage.api.get(`/v1/broadcasts/${id}`));
    return String(broadcast['status']) === 'done' && broadcast;
  };
  const broadcast = await until(done, { timeoutMs: 300_000, everyMs: 500, what: 'the broadcast to be done' });
  const response = await fetch(`http://127.0.0.1:${product.ports.mailPage}/api/email`);
  const mails: { to?: { address: string }[] }[] = JSON.parse(await response.text());
  const arrived = new Map(emails.map((email) => [email, 0]));
  for (const address of mails.flatMap(({ to = [] }) => to.map((each) => each.address))) {
    if (arrived.has(address)) arrived.set(address, (arrived.get(address) ?? 0) + 1);
  }
  const counts = Object.entries(broadcast['counts'] ?? {}).map(([status, count]) => [status, Number(count)] as const);
  return { counts: Object.fromEntries(counts), arrived };
}
