import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';
import { locateChromium } from '../../../../libs/templating/src/browser/locate-chromium.js';
import { apiWorld, type ApiWorld } from '../api-world.js';
import { RowEngine } from '../row-engine.js';
import { allScreens, type Screen } from './screens.js';

/** Every screen there is, at a desk and on a small phone: pictures for the eye, in `screenshots/`, and what a machine can tell. */
const looks = [
  { name: 'desktop', viewport: { width: 1280, height: 800 } },
  { name: 'phone', viewport: { width: 360, height: 740 } },
] as const;
const folder = fileURLToPath(new URL('../../../../screenshots/', import.meta.url));
let world: ApiWorld;
let browser: Browser;
let screens: Screen[];
let axe: string;
beforeAll(async () => {
  const engine = new RowEngine();
  world = await apiWorld({ change: { engine } });
  engine.db = world.db;
  world.clock.set(new Date('2026-11-23T09:00:00Z'));
  screens = await allScreens(world);
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const { executable, env } = await locateChromium();
  browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox', '--no-zygote', '--disable-gpu'], env: { ...(process.env as Record<string, string>), ...env } });
  await mkdir(folder, { recursive: true });
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await world[Symbol.asyncDispose]();
});

test.each(looks)('$name: nothing is cut off, nothing fails, and whoever cannot see it finds the same', async ({ name, viewport }) => {
  const found: string[] = [];
  for (const screen of screens) {
    // Past the policy of the pages, or axe could not be put in; that they keep it themselves is looked at elsewhere.
    const context = await browser.newContext({ viewport, locale: 'en-GB', bypassCSP: true });
    const page = await context.newPage();
    page.on('pageerror', (error) => found.push(`${screen.name}: ${error.message}`));
    await page.goto(`${world.url}${screen.path}`);
    await screen.act?.(page);
    await page.screenshot({ path: `${folder}${screen.name}.${name}.png`, fullPage: true });
    found.push(...(await problems(page)).map((problem) => `${screen.name}: ${problem}`));
    await context.close();
  }
  expect(found).toEqual([]);
}, 240_000);

test('every screen is reached and used by keyboard alone: what has the focus is seen', async () => {
  const found: string[] = [];
  for (const screen of screens) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(`${world.url}${screen.path}`);
    const controls = await page.locator('a[href], button, input:not([type=hidden]), textarea, select, summary').filter({ visible: true }).count();
    const seen = new Set<string>();
    for (let step = 0; step < controls + 2; step += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate<Focused | undefined>(whatHasTheFocus);
      if (!focused) continue;
      seen.add(focused.at);
      if (!focused.visible) found.push(`${screen.name}: the focus is not seen on ${focused.what}`);
    }
    if (seen.size < controls) found.push(`${screen.name}: ${controls - seen.size} of ${controls} controls are not reached`);
    await page.close();
  }
  expect(found).toEqual([]);
}, 240_000);

interface Focused {
  at: string;
  visible: boolean;
  what: string;
}

/** Runs in the page. */
const whatHasTheFocus = `(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return undefined;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  return {
    at: String([...document.querySelectorAll('*')].indexOf(element)),
    visible: (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none',
    what: element.outerHTML.slice(0, 80),
  };
})()`;

interface AxeResult {
  violations: { id: string; help: string; nodes: { html: string }[] }[];
}

async function problems(page: Page): Promise<string[]> {
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  await page.addScriptTag({ content: axe });
  const { violations } = await page.evaluate<AxeResult>('axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] })');
  return [
    ...(wide > 0 ? [`is ${wide} px wider than the screen`] : []),
    ...violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 120)}`)),
  ];
}
