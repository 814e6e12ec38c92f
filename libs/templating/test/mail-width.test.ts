import { afterAll, expect, test } from '@jest/globals';
import { createBrowserPool } from '../src/browser/browser-pool.js';
import { locateChromium } from '../src/browser/locate-chromium.js';
import { renderMessage, templateKeys } from '../src/index.js';
import { sample } from './sample-data.js';

const pool = createBrowserPool(() => locateChromium(), 30_000);
afterAll(() => pool.close());

/** As long as a personal link is, and nowhere to break it. */
const long = `https://agency.example/c/sfl_${'a1B2c3D4'.repeat(14)}`;

test('no mail is wider than a phone, however long its link', async () => {
  const wide = await pool.use(async (browser) => {
    const page = await browser.newPage({ viewport: { width: 360, height: 640 } });
    const found: string[] = [];
    for (const key of templateKeys) {
      const { html } = renderMessage(key, { ...sample, link: long }, { text: `Hello, see ${long} please` });
      await page.setContent(html);
      const over = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      if (over > 0) found.push(`${key} by ${over} px`);
    }
    await page.close();
    return found;
  });
  expect(wide).toEqual([]);
}, 120_000);
