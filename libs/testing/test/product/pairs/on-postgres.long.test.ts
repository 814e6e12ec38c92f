import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startPostgres, type RunningPostgres } from '../../../src/postgres/index.js';
import { startProduct, type Product } from '../../../src/product/index.js';
import { startTemporalOnPostgres, type RunningTemporal } from '../../../src/temporal/index.js';
import { expectSame } from '../kills/kill.js';
import { play } from '../kills/play.js';
import type { Transcript } from '../kills/transcript.js';
import { broadcastOnPairs, campaignOnPairs } from './scenes.js';

/** Two of each of ours, on a Temporal server on Postgres, as in production. */
const connections = 10;
let postgres: RunningPostgres;
let temporal: RunningTemporal;
let product: Product;
let calm: Transcript;
let folder: string;
beforeAll(async () => {
  postgres = await startPostgres({ persistent: false });
  folder = await mkdtemp(join(tmpdir(), 'sevenfold-temporal-'));
  temporal = await startTemporalOnPostgres({ adminUrl: postgres.adminUrl, folder });
  product = await startProduct({
    copies: 2, env: { TEMPORAL_ADDRESS: temporal.address, SEVENFOLD_RESTART_PAUSE_MS: '300', SMTP_CONNECTIONS: String(connections) },
  });
  calm = await play(product, 'by-schedule');
}, 900_000);
afterAll(async () => {
  await product?.stop();
  await temporal?.stop();
  await postgres?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
}, 120_000);

test('a campaign on pairs of which one is always dying: the same transcript, and no live update lost', () =>
  campaignOnPairs(product, calm, 'by-schedule'), 1_500_000);

test('a broadcast in the middle of which one of each dies: nobody gets it twice, who got nothing is known', () =>
  broadcastOnPairs(product, { recipients: 400, connections }), 600_000);

test('the server itself killed again and again: the same transcript', async () => {
  let kills = 0;
  const transcript = await play(product, 'by-schedule', async () => {
    await temporal.kill();
    await temporal.restart();
    kills += 1;
  });
  expect(kills).toBeGreaterThan(5);
  expectSame(transcript, calm, kills);
}, 1_500_000);
