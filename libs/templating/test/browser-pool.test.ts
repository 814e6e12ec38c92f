import { afterAll, expect, test } from '@jest/globals';
import { createBrowserPool } from '../src/browser/browser-pool.js';
import { locateChromium } from '../src/browser/locate-chromium.js';

const pool = createBrowserPool(() => locateChromium(), 30_000);
afterAll(() => pool.close());

/** A job that fails so often with this message, then says how often it was tried. */
const failing = (times: number, message: string) => {
  let tries = 0;
  return async (): Promise<number> => {
    tries += 1;
    if (tries <= times) throw new Error(message);
    return tries;
  };
};

test('what was not painted is tried once more, and nothing else', async () => {
  const unpainted = 'page.screenshot: Protocol error (Page.captureScreenshot): Unable to capture screenshot';
  expect(await pool.use(failing(1, unpainted))).toBe(2);
  await expect(pool.use(failing(2, unpainted))).rejects.toThrow(unpainted);
  await expect(pool.use(failing(1, 'page.setContent: Timeout 30000ms exceeded'))).rejects.toThrow('Timeout');
}, 120_000);

test('a browser that dies under a job is replaced', async () => {
  let tries = 0;
  const version = await pool.use(async (browser) => {
    tries += 1;
    if (tries === 1) await browser.close();
    const page = await browser.newPage();
    await page.close();
    return browser.version();
  });
  expect(tries).toBe(2);
  expect(version).toMatch(/^\d+\./);
}, 120_000);
