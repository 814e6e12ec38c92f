import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CampaignStage, startProduct, type Product, type StagedCreator } from '../../../src/product/index.js';
import { slackWorkspace } from '../../../src/emulators/index.js';
import { startMailSink, type MailSink } from '../../../src/mail/index.js';
import { until } from '../../../src/util/index.js';
import { addressSheet, histories, logs, tables, teamAnswers, type Place } from './places.js';

/** What a creator entrusts to a campaign: closed until its start, sealed for ever. */
const sealed = { legalName: 'Legalia Canarywing', street: 'Canarystreet 77', postalCode: '1011CW', city: 'Birdtown-Canary', signedName: 'Signa Canaryquill' };
/** Who they are and how they are reached: known to the team, and to nothing that only carries work. */
const personal = { mail: 'canary.mail@creators.test', phone: '+31612987654', phoneDigits: '612987654' };
const name = 'Nightingale Canaryborn';
/** What opens a member's own mailbox: sealed, and shown to nobody ever again. */
const mailboxPassword = 'Canary-Mailbox-Pass-77';

let product: Product;
/** The server of a member's own mailbox. */
let own: MailSink;
beforeAll(async () => {
  own = await startMailSink();
  product = await startProduct({ env: { MAILBOX_PRIVATE_HOSTS: '127.0.0.1', MAIL_REPLY_ADDRESS: '@in.agency.test' } });
}, 180_000);
afterAll(async () => {
  await product?.stop();
  await own?.close();
}, 60_000);

function leaks(place: Place, canaries: readonly string[]): string[] {
  return [...place].flatMap(([where, text]) => canaries.filter((canary) => text.includes(canary)).map((canary) => `${canary} in ${where}`));
}

test('what a creator entrusts stays where it belongs, through a whole campaign', async () => {
  const stage = await CampaignStage.open(product.api, { dayMs: 600_000, name: 'Canary campaign' });
  await stage.publish();
  const mail = await stage.creator(name, { email: personal.mail });
  const sms = await stage.creator('Sms Creator', { sms: personal.phone });
  const left = await stage.creator('Left Out', { email: 'left@creators.test' });
  const creators: StagedCreator[] = [mail, sms, left];
  for (const creator of creators) {
    const applicationId = await stage.apply(creator);
    const { legalName, street, postalCode, city } = sealed;
    const entered = await creator.api.put(`/v1/creator/campaigns/${stage.campaignId}/entry`, {
      legalName: creator === left ? `Left ${legalName}` : legalName, street, postalCode, city, country: 'NL',
    });
    expect(entered.status).toBe(200);
    if (creator !== left) await stage.select(applicationId);
  }
  const inAFew = (what: string, condition: () => Promise<boolean>) => until(condition, { timeoutMs: 30_000, everyMs: 250, what });
  const settled = async () => {
    const { body } = await stage.api.get(stage.path('/messages?limit=200'));
    return (body.data ?? []).length > 0 && (body.data ?? []).every((each) => !['queued', 'claimed'].includes(String(each['status'])));
  };
  await stage.sendAgreements();
  await inAFew('the agreements to be sent', settled);
  for (const creator of [mail, sms]) {
    const { id, documentHash } = await stage.agreementOf(creator);
    expect((await creator.api.post(`/v1/creator/agreements/${id}/sign`, { name: sealed.signedName, agreed: true, documentHash })).status).toBe(200);
  }
  const mailbox = { address: 'owner@agency.test', smtp: { host: '127.0.0.1', port: own.port, security: 'none', user: 'owner', password: mailboxPassword }, imap: null };
  const connected = await stage.api.put('/v1/mailboxes/mine', mailbox);
  expect(connected.status).toBe(200);
  await stage.api.put('/v1/mailboxes/mine', { ...mailbox, smtp: { ...mailbox.smtp, port: 1 } });
  const [thread] = (await stage.api.get(`/v1/threads?creatorId=${mail.id}`)).body.data ?? [];
  expect((await stage.api.post(`/v1/threads/${String(thread?.['id'])}/messages`, { text: 'From me', channel: 'email' })).status).toBe(201);
  await own.waitFor(({ from, to }) => from === mailbox.address && to.includes(personal.mail), { timeoutMs: 30_000 });
  // An error that quotes what was sent would be a leak too.
  await mail.api.put(`/v1/creator/campaigns/${stage.campaignId}/entry`, { legalName: sealed.legalName, street: '', wrong: sealed.street });
  const openApi: { paths: Record<string, object> } = JSON.parse(await (await fetch(`${product.api.url}/openapi.json`)).text());
  const list = async (path: string): Promise<string[]> => ((await stage.api.get(path)).body.data ?? []).map((each) => String(each['id']));
  const ids = {
    campaigns: [stage.campaignId], creators: creators.map(({ id }) => id), applications: await list(stage.path('/applications')),
    agreements: await list(stage.path('/agreements')), threads: await list('/v1/threads'), mailboxes: [String(connected.body['id'])],
  };
  const closed = [...Object.values(sealed), mailboxPassword];
  const before = await teamAnswers(stage.api, ids, openApi);
  expect(before.size).toBeGreaterThan(20);
  expect(leaks(before, closed)).toEqual([]);
  expect(leaks(new Map([['addresses.xlsx', await addressSheet(product, stage.api.bearer, stage.campaignId)]]), closed)).toEqual([]);

  expect((await stage.api.post(stage.path('/close'))).status).toBe(200);
  expect((await stage.api.post(stage.path('/start'))).status).toBe(200);
  await inAFew('everybody to be told', settled);

  // Now the group's are open, and nobody else's.
  const sheet = await addressSheet(product, stage.api.bearer, stage.campaignId);
  expect(sheet).toContain(sealed.street);
  expect(sheet).not.toContain('Left Legalia');
  const after = await teamAnswers(stage.api, { ...ids, collaborations: await list(stage.path('/collaborations')) }, openApi);
  expect(leaks(after, [`Left ${sealed.legalName}`])).toEqual([]);

  const everything = [...closed, ...Object.values(personal)];
  expect(leaks(await logs(product), [...everything, name])).toEqual([]);
  const told = await histories(product);
  expect([...told.keys()].some((each) => each.startsWith('history campaign/'))).toBe(true);
  expect([...told.keys()].some((each) => each.startsWith('history message/'))).toBe(true);
  expect(leaks(told, [...everything, name])).toEqual([]);
  expect(leaks(await slack(), everything)).toEqual([]);

  const rows = await tables(product);
  // The search itself works: what is meant to be found is.
  expect(leaks(rows, [name])).toContain(`${name} in table creator`);
  expect(leaks(rows, closed)).toEqual([]);
  // Deliveries and their raw events hold the address they went to; what only carries work does not.
  const carriers = ['outbox_item', 'due_item', 'command', 'audit_entry', 'notice', 'idempotency_record', 'broadcast'];
  const carried: Place = new Map(carriers.map((table) => [`table ${table}`, rows.get(`table ${table}`) ?? '']));
  expect(leaks(carried, everything)).toEqual([]);
}, 180_000);

async function slack(): Promise<Place> {
  const { SLACK_BOT_TOKEN } = JSON.parse(await readFile(`${product.home}/secrets.json`, 'utf8'));
  const call = async (method: string, body: object): Promise<{ channels: { id: string; name: string }[] }> => {
    const response = await fetch(`http://127.0.0.1:${product.ports.slack}/api/${method}`, {
      method: 'POST', headers: { authorization: `Bearer ${SLACK_BOT_TOKEN}`, 'content-type': 'application/json' }, body: JSON.stringify(body),
    });
    return JSON.parse(await response.text());
  };
  const { channels } = await call('conversations.list', { limit: 1000 });
  const found: Place = new Map();
  for (const channel of channels) found.set(`Slack ${channel.name}`, JSON.stringify(await call('conversations.history', { channel: channel.id, limit: 1000 })));
  const text = found.get(`Slack ${slackWorkspace.channelName}`) ?? '';
  expect(text).toContain('Canary campaign');
  expect(text).toContain('has started');
  return found;
}
