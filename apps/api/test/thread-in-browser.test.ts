import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { queueMessage, sendOne } from '@sevenfold/core/inbox';
import { newId } from '@sevenfold/platform/ids';
import { createWebPush } from '@sevenfold/platform/web-push';
import { aCreator, aLink } from '@sevenfold/testing/factories';
import { until } from '@sevenfold/testing/util';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { locateChromium } from '../../../libs/templating/src/browser/locate-chromium.js';
import { apiWorld, type ApiWorld } from './api-world.js';

/** The page of a thread in a real browser: what its scripts do, and that nothing of it is forbidden by its own policy. */
const push = createWebPush({ privateKey: randomBytes(32), contact: 'mailto:ops@agency.test', anyAddress: true });
let world: ApiWorld;
let browser: Browser;
beforeAll(async () => {
  world = await apiWorld({ push });
  const { executable, env } = await locateChromium();
  browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox', '--no-zygote', '--disable-gpu'], env: { ...(process.env as Record<string, string>), ...env } });
}, 180_000);
afterAll(async () => {
  await browser.close();
  push.close();
  await world[Symbol.asyncDispose]();
});

const creator = async () => {
  const { id } = await aCreator(world, { hasApp: true });
  return { id, path: `/c/${await aLink(world, id)}/messages` };
};
const write = async (creatorId: string, text: string) => {
  const { messageId } = await world.db.inWorkspace(world.scope, (tx) =>
    queueMessage(tx, { creatorId, kind: 'chat', texts: { text }, dedupeKey: newId(), automatic: false, purpose: 'conversation' }));
  await sendOne(world.db, { workspaceId: world.workspace.workspaceId, messageId });
  return messageId;
};
const statusOf = async (id: string) => (await world.rows<{ status: string }>('select status from message where id = ?', [id]))[0]?.status;
async function open(context: BrowserContext, path: string) {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${world.url}${path}`);
  return { page, complaints };
}

test('new messages appear by themselves, and what is looked at is read', async () => {
  const mia = await creator();
  const first = await write(mia.id, 'The first one');
  const context = await browser.newContext();
  const { page, complaints } = await open(context, mia.path);
  await until(async () => (await statusOf(first)) === 'read', { what: 'the first to be read' });
  world.clock.advance(1_000);
  const second = await write(mia.id, 'And <b>another</b>');
  await page.getByText('And <b>another</b>').waitFor({ timeout: 10_000 });
  expect(await page.locator('article').count()).toBe(2);
  await until(async () => (await statusOf(second)) === 'read', { what: 'the second to be read' });
  // The box to write in is left alone while somebody writes in it.
  await page.locator('textarea').fill('I am just writing');
  world.clock.advance(1_000);
  await write(mia.id, 'A third');
  await page.getByText('A third').waitFor({ timeout: 10_000 });
  expect(await page.locator('textarea').inputValue()).toBe('I am just writing');
  expect(complaints).toEqual([]);
  await context.close();
}, 60_000);

test('without scripts it shows the same, and a press says what was read', async () => {
  const mia = await creator();
  const id = await write(mia.id, 'Read me');
  const context = await browser.newContext({ javaScriptEnabled: false });
  const { page } = await open(context, mia.path);
  expect(await page.getByText('Read me').isVisible()).toBe(true);
  expect(await page.getByText('Notify me').isVisible()).toBe(false);
  expect(await statusOf(id)).toBe('sent');
  await page.getByText('I have read the new message').click();
  await page.getByText('Read me').waitFor();
  expect(await statusOf(id)).toBe('read');
  await context.close();
}, 60_000);

test('a call of the device is shown as a notification that a second call of the same message does not repeat', async () => {
  const mia = await creator();
  const context = await browser.newContext({ permissions: ['notifications'] });
  const { page, complaints } = await open(context, mia.path);
  await page.getByRole('button', { name: 'Notify me on this device' }).waitFor({ timeout: 10_000 });
  const devtools = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const found = registrations.find(({ scopeURL }) => scopeURL.endsWith('/c/'));
      if (found) resolve(found.registrationId);
    });
  });
  await devtools.send('ServiceWorker.enable');
  const started = context.waitForEvent('serviceworker');
  await page.evaluate(`navigator.serviceWorker.register('/c/-/worker.js', { scope: '/c/' }).then(() => navigator.serviceWorker.ready).then(() => true)`);
  const [registrationId, worker] = [await registered, await started];
  // This browser has no screen to show one on.
  await worker.evaluate(`self.shown = []; ServiceWorkerRegistration.prototype.showNotification = async (title, options) => void self.shown.push({ title, ...options })`);
  for (const data of [JSON.stringify({ title: 'New message from Agency', tag: 'm1' }), '']) {
    await devtools.send('ServiceWorker.deliverPushMessage', { origin: world.url, registrationId, data });
  }
  const shown = () => worker.evaluate<object[]>('self.shown');
  await until(async () => (await shown()).length === 2, { what: 'the notifications' });
  expect(await shown()).toEqual([{ title: 'New message from Agency', tag: 'm1', renotify: false }, { title: 'New message', renotify: false }]);
  expect(complaints).toEqual([]);
  await context.close();
}, 60_000);
