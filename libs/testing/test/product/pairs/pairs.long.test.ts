import { afterAll, beforeAll, test } from '@jest/globals';
import { startProduct, type Product } from '../../../src/product/index.js';
import { play } from '../kills/play.js';
import type { Transcript } from '../kills/transcript.js';
import { broadcastOnPairs, campaignOnPairs } from './scenes.js';

/** Two APIs, two workers and two bots behind one address. */
const connections = 5;
let product: Product;
let calm: Transcript;
beforeAll(async () => {
  product = await startProduct({ copies: 2, env: { SEVENFOLD_RESTART_PAUSE_MS: '300', SMTP_CONNECTIONS: String(connections) } });
  calm = await play(product, 'early');
}, 300_000);
afterAll(async () => product.stop(), 60_000);

test('a campaign on pairs of which one is always dying: the same transcript, and no live update lost', () => campaignOnPairs(product, calm, 'early'), 400_000);

test('a broadcast in the middle of which one of each dies: nobody gets it twice, who got nothing is known', () =>
  broadcastOnPairs(product, { recipients: 120, connections }), 400_000);
