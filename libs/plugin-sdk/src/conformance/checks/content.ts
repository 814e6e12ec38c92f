import type { Attempt } from '../harness.js';
import type { Check } from '../kit/check.js';
import { needsProvider } from '../kit/requires.js';
import { messageFor, onStage, type Stage } from '../kit/stage.js';
import { applicable, expect, shown } from '../kit/verdict.js';

const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPj/HwADAgH/p9s0WQAAAABJRU5ErkJggg==', 'base64');
const FILE_URL = 'https://sevenfold.example/files/dot';
const same = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What arrives at the provider. */
export const contentChecks: readonly Check[] = [
  {
    name: 'send.content',
    title: 'Recipient and words arrive as they were given',
    run: async (subject) => {
      needsProvider(subject);
      await onStage(subject, {}, async (stage) => {
        const text = 'Zoë – 100 % “yes”? 🎉 Ελληνικά, 日本語\nSecond line & <b>not bold</b>';
        const { rich, bodyTemplate } = stage.plugin.traits;
        const html = bodyTemplate === 'html' ? '<p>Zoë says 🎉</p>' : undefined;
        const message = stage.message({ text, ...(rich && { subject: 'Grüße & more' }), ...(html && { html }) });
        const seen = await taken(stage, message);
        expect(seen.to === message.to, `it was for ${shown(message.to)}, the provider was told ${shown(seen.to)}`);
        expect(same(seen.text).includes(same(text)), `the text ${shown(text)} arrived as ${shown(seen.text)}`);
        expect(!rich || seen.subject === message.subject, `traits.rich: the subject ${shown(message.subject)} arrived as ${shown(seen.subject)}`);
        expect(html === undefined || same(seen.html ?? '').includes(html), `traits.bodyTemplate html: the HTML arrived as ${shown(seen.html)}`);
      });
    },
  },
  {
    name: 'send.media',
    title: 'With the trait `attachments`, a file sent along arrives byte by byte or by its address; none is dropped in silence',
    run: async (subject) => {
      needsProvider(subject);
      await onStage(subject, {}, async (stage) => {
        applicable(stage.plugin.traits.attachments === true, 'the trait `attachments` is not set: files stay in the creator’s thread');
        const seen = await taken(stage, stage.message({ attachments: [{ filename: 'dot.png', contentType: 'image/png', content: PICTURE, url: FILE_URL }] }));
        const [file] = seen.attachments ?? [];
        expect(file !== undefined && seen.attachments?.length === 1, `a message with one file arrived with ${shown(seen.attachments ?? [])}`);
        expect(file.content === undefined ? file.url === FILE_URL : Buffer.compare(file.content, PICTURE) === 0, `the file arrived as ${shown(file)}`);
        expect(file.contentType === 'image/png' || file.content === undefined, `a file of the kind image/png arrived as ${shown(file.contentType)}`);
      });
    },
  },
  {
    name: 'send.repeat-harmless',
    title: 'With the trait `repeatHarmless`, the same message handed over twice is there once',
    run: async (subject) => {
      await onStage(subject, {}, async (stage) => {
        applicable(stage.plugin.traits.repeatHarmless === true, 'the trait is not set');
        const message = messageFor(subject);
        const ids = [await stage.send(message), await stage.send(message)].map((outcome) => (outcome.outcome === 'accepted' ? outcome.providerId : shown(outcome)));
        expect(ids[0] === ids[1], `handed over twice, it was accepted as ${ids.join(' and as ')}`);
        const kept = new Set(stage.desk.attempts.filter((attempt) => attempt.taken).map((attempt) => attempt.messageId ?? attempt));
        expect(kept.size <= 1, 'the provider has it twice and could not tell: hand over our message id, or drop the trait');
      });
    },
  },
];

async function taken(stage: Stage, message: ReturnType<Stage['message']>): Promise<Attempt> {
  const outcome = await stage.send(message);
  const seen = stage.desk.attempts.find((attempt) => attempt.taken);
  expect(outcome.outcome === 'accepted' && seen !== undefined, `it did not arrive: ${shown(outcome)}`);
  return seen;
}
