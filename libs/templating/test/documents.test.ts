import { mkdtemp, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { agreementTemplate, createPdfRenderer, renderAgreement, renderStoryCard, renderStoryPicture } from '../src/index.js';
import { agreementData } from './sample-data.js';

const renderer = createPdfRenderer({ idleMs: 60_000 });
afterAll(() => renderer.close());

test('the agreement holds what E4 asks for, escaped, without scripts, and the same every time', () => {
  const html = renderAgreement(agreementData);
  for (const part of ['€1,250.00', 'Friday, January 15, 2027', '3 stories with a link', 'for 12 months', 'عائشة بنت محمد', 'Brand &amp; Co', 'Spring &lt;Shoes&gt;', 'Agency', 'Grace']) {
    expect(html).toContain(part);
  }
  expect(html).not.toMatch(/<script|<img|https?:|@import|url\(/i);
  expect(renderAgreement(agreementData)).toBe(html);
  expect(agreementTemplate.variables).toEqual(expect.arrayContaining(['terms.feeMinor', 'terms.deliverables[]', 'creator.name']));
});

test('an agreement that lacks something is refused', () => {
  expect(() => renderAgreement({ ...agreementData, terms: { ...agreementData.terms, payDate: undefined as never } })).toThrow(
    expect.objectContaining({ details: { variables: ['terms.payDate'] } }),
  );
});

test('it prints as a PDF', async () => {
  const pdf = await renderer.htmlToPdf(renderAgreement(agreementData));
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pdf.length).toBeGreaterThan(5_000);
  expect(pdf.toString('latin1')).toMatch(/\/MediaBox ?\[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);
});

/** Width and height from the frame header of a JPEG. */
const sizeOf = (jpeg: Buffer): number[] => {
  expect(jpeg.subarray(0, 3).toString('hex')).toBe('ffd8ff');
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
  return [jpeg.readUInt16BE(frame + 7), jpeg.readUInt16BE(frame + 5)];
};

test('the story card is a JPEG of a story’s size', async () => {
  const card = await renderStoryCard({
    locale: 'en', zone: 'UTC', campaign: { name: 'Spring Shoes', closesAt: '2026-11-27T08:00:00Z' },
    client: { name: 'Brand & Co' }, workspace: { name: 'Agency' }, hashtags: ['#spring', '#ad'],
  }, renderer);
  expect(sizeOf(card)).toEqual([1080, 1920]);
});

test('an image that is no JPEG becomes one, whole, in a story’s size', async () => {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');
  const empty = await renderStoryPicture({ bytes: Buffer.from('x'), contentType: 'image/png' }, renderer);
  const picture = await renderStoryPicture({ bytes: png, contentType: 'image/png' }, renderer);
  expect(sizeOf(picture)).toEqual([1080, 1920]);
  expect(picture.equals(empty)).toBe(false);
});

test('nothing in a document runs or fetches', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const base = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  const html = (script: string): string => `<body style="margin:0;background:#fff"><img src="${base}/image"><link rel="stylesheet" href="${base}/css">
    <iframe src="${base}/frame"></iframe><meta http-equiv="refresh" content="0;url=${base}/refresh"><iframe src="file:///etc/passwd"></iframe>${script}</body>`;
  const still = await renderer.htmlToJpeg(html(''), { width: 400, height: 400 });
  const scripted = await renderer.htmlToJpeg(html('<script>document.body.style.background="red"</script>'), { width: 400, height: 400 });
  await renderer.htmlToPdf(html('<script>fetch("/x")</script>'));
  server.close();
  expect(scripted.equals(still)).toBe(true);
  expect(asked).toEqual([]);
});

test('many at once share one browser, bounded', async () => {
  const pdfs = await Promise.all(Array.from({ length: 12 }, (_, n) => renderer.htmlToPdf(`<p>${n}</p>`)));
  expect(pdfs.every((pdf) => pdf.subarray(0, 5).toString() === '%PDF-')).toBe(true);
});

test('an idle browser ends and the next document starts another', async () => {
  const short = createPdfRenderer({ idleMs: 1 });
  await short.htmlToPdf('<p>1</p>');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect((await short.htmlToPdf('<p>2</p>')).length).toBeGreaterThan(500);
  await short.close();
});

test('a browser that cannot be started is an error, and the next try may work', async () => {
  const broken = createPdfRenderer({ executablePath: '/nowhere/chromium' });
  await expect(broken.htmlToPdf('<p>1</p>')).rejects.toThrow();
  await expect(broken.htmlToPdf('<p>1</p>')).rejects.toThrow();
  await broken.close();
});

test('two that unpack at once both find a whole browser', async () => {
  const before = process.env.XDG_CACHE_HOME;
  process.env.XDG_CACHE_HOME = await mkdtemp(join(tmpdir(), 'cache-'));
  try {
    const { unpack } = await import('../src/browser/packaged-chromium.js');
    const [first, second] = await Promise.all([unpack(), unpack()]);
    expect(first).toEqual(second);
    expect(await readdir(join(process.env.XDG_CACHE_HOME, 'sevenfold'))).toHaveLength(1);
    const pdf = createPdfRenderer({ executablePath: first.executable });
    expect((await pdf.htmlToPdf('<p>x</p>')).length).toBeGreaterThan(500);
    await pdf.close();
  } finally {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
  }
});
