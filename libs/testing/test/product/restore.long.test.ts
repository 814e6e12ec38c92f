import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { portDefinitions, type PortName } from '../../src/launcher/ports.js';
import { realDataDir } from '../../src/postgres/index.js';
import { CampaignStage, startProduct, type Product } from '../../src/product/index.js';
import { until } from '../../src/util/index.js';

/*
 * Backup and restore of a running campaign: a copy of the database (and of the engine's file) of a stopped product, everything wiped, the
 * copy put back, and the campaign goes on to its start by itself.
 */
const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

/** A product in `home`; a second one there listens where the first did, so that tokens and addresses of the first still fit. */
async function start(home: string, first?: Product): Promise<Product> {
  const ports = first ? Object.entries(portDefinitions).map(([name, { variable }]) => [variable, String(first.ports[name as PortName])]) : [];
  const product = await startProduct({ env: { SEVENFOLD_HOME: home, ...Object.fromEntries(ports) } });
  let running = true;
  const end = product.stop;
  product.stop = async () => {
    if (running) await end();
    running = false;
  };
  cleanUps.push(() => product.stop());
  return product;
}

async function folder(name: string): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), `sevenfold-${name}-`));
  cleanUps.push(() => rm(path, { recursive: true, force: true }));
  return path;
}

const dayMs = 10_000;

/** With its owner: a server started by root runs as somebody else. */
const copy = (from: string, to: string): void => void execFileSync('cp', ['-a', from, to]);

test.each([
  ['the database and the engine', true],
  ['the database alone, beside an empty engine', false],
])('restored from %s, a campaign goes on to its start', async (_what, withEngine) => {
  const home = await folder('home');
  const backup = await folder('backup');
  const before = await start(home);
  const stage = await CampaignStage.open(before.api, { dayMs });
  expect((await stage.publish()).status).toBe(200);
  const [signs, waits] = [await stage.creator('Ana', { email: 'ana@creators.test' }), await stage.creator('Bo', { email: 'bo@creators.test' })];
  for (const creator of [signs, waits]) await stage.select(await stage.apply(creator));
  expect((await stage.sendAgreements()).status).toBe(200);
  expect((await stage.sign(signs)).status).toBe(200);
  await before.stop();

  const database = await realDataDir(join(home, 'data/postgres'));
  const engineFiles = (await readdir(join(home, 'data'))).filter((file) => file.startsWith('temporal.db'));
  expect(engineFiles).not.toEqual([]);
  copy(database, join(backup, 'postgres'));
  for (const file of engineFiles) await cp(join(home, 'data', file), join(backup, file));
  // KEY_RING and passwords are kept apart from the data, here in secrets.json.
  await Promise.all([database, join(home, 'data')].map((path) => rm(path, { recursive: true, force: true })));
  await Promise.all([dirname(database), join(home, 'data')].map((path) => mkdir(path, { recursive: true })));
  copy(join(backup, 'postgres'), database);
  if (withEngine) for (const file of engineFiles) await cp(join(backup, file), join(home, 'data', file));

  await start(home, before);
  if (!withEngine) await until(async () => (await readFile(join(home, 'logs/worker.log'), 'utf8')).includes('the engine did not know us'), { what: 'the waking', timeoutMs: 60_000 });
  // The window of the unsigned agreement ends, and the campaign closes, each at its own instant and by itself.
  await stage.reached('closed', 8 * dayMs);
  await until(async () => (await stage.agreementOf(waits)).status === 'expired', { what: 'the end of the window', timeoutMs: 4 * dayMs });
  expect((await stage.agreementOf(signs)).status).toBe('accepted');
  expect((await stage.api.post(stage.path('/start'))).status).toBe(200);
  const group = await stage.api.get(stage.path('/collaborations'));
  expect(group.body.data).toHaveLength(1);
  const audit = await stage.api.get(`/v1/audit?campaignId=${stage.campaignId}&limit=100`);
  for (const action of ['campaign.published', 'campaign.closed', 'campaign.started']) {
    expect((audit.body.data ?? []).filter((entry) => String(entry['action']) === action)).toHaveLength(1);
  }
}, 15 * 60_000);
