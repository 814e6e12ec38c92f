import type { Page } from 'playwright-core';
import { createBrowserPool } from './browser-pool.js';
import { locateChromium } from './locate-chromium.js';
import type { PdfRenderer } from './pdf-renderer.js';
import { createSlots } from './slots.js';

/** All have defaults. */
export interface PdfRendererOptions {
  /** Pages rendered at once. */
  readonly concurrency?: number;
  /** How long an unused browser is kept, in milliseconds. */
  readonly idleMs?: number;
  /** How long one page may take, in milliseconds. */
  readonly timeoutMs?: number;
  /** A Chromium to use instead of the packaged one; `CHROMIUM_PATH` otherwise. */
  readonly executablePath?: string;
}

/**
 * A renderer that starts Chromium with its first page, keeps one browser for all of them and ends it when idle.
 * Each page has a context of its own without JavaScript and without network.
 */
export function createPdfRenderer(options: PdfRendererOptions = {}): PdfRenderer {
  const { concurrency = 2, idleMs = 30_000, timeoutMs = 30_000 } = options;
  const slots = createSlots(concurrency);
  const { executablePath } = options;
  const browsers = createBrowserPool(executablePath === undefined ? () => locateChromium() : async () => ({ executable: executablePath, env: {} }), idleMs);

  const onPage = (html: string, viewport: { width: number; height: number }, use: (page: Page) => Promise<Buffer>): Promise<Buffer> =>
    slots.run(() => browsers.use(async (browser) => {
      const context = await browser.newContext({ javaScriptEnabled: false, offline: true, viewport, serviceWorkers: 'block', acceptDownloads: false });
      try {
        context.setDefaultTimeout(timeoutMs);
        await context.route('**/*', (route) => route.abort());
        const page = await context.newPage();
        await page.setContent(html, { waitUntil: 'load', timeout: timeoutMs });
        return await use(page);
      } finally {
        await context.close();
      }
    }));

  return {
    htmlToPdf: (html) => onPage(html, { width: 794, height: 1123 }, (page) =>
      page.pdf({ format: 'A4', preferCSSPageSize: true, printBackground: true, tagged: true })),
    htmlToJpeg: (html, size) => onPage(html, size, (page) =>
      page.screenshot({ type: 'jpeg', quality: 90, timeout: timeoutMs, clip: { x: 0, y: 0, ...size }, animations: 'disabled' })),
    close: async () => {
      await slots.drained();
      await browsers.close();
    },
  };
}
