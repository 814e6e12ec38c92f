import type { Check } from '../kit/check.js';
import { eventsOf } from '../kit/deliver.js';
import { hearing, oneEvent } from '../kit/hearing.js';
import { needs } from '../kit/requires.js';
import { expect, shown } from '../kit/verdict.js';

const PICTURE = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 4]);

/** What creators write. */
export const conversationChecks: readonly Check[] = [
  {
    name: 'receive.message',
    title: 'What a creator writes arrives, from their normalised address, word for word',
    run: (subject) => hearing(subject, async (at) => {
      for (const text of ['Zoë: yes, gladly 🎉\n“really” & <b>truly</b>', 'Could you stop by on Monday?']) {
        const event = await oneEvent(at.plugin, at.message({ text }), `the message ${shown(text)}`);
        expect(event.kind === 'message' && event.text === text, `the message ${shown(text)} became ${shown(event)}`);
        expect(event.from === at.creator, `it is from ${shown(at.creator)}, the event says ${shown(event.from)}`);
        expect(event.to === at.plugin.sender, `it came to ${shown(at.plugin.sender)}, the event says ${shown(event.to)}`);
      }
    }),
  },
  {
    name: 'receive.media',
    title: 'What is attached to a message arrives with its kind, as bytes or as something to fetch',
    run: async (subject) => {
      await hearing(subject, async (at) => {
        needs(subject, 'inbound-media');
        const media = { contentType: 'image/png', filename: 'dot.png', content: PICTURE };
        const event = await oneEvent(at.plugin, at.message({ text: 'look', media }), 'a message with a picture');
        expect(event.kind === 'message', `a message with a picture became ${shown(event.kind)}`);
        const [file] = event.attachments ?? [];
        expect(file !== undefined && event.attachments?.length === 1, `a message with a picture has ${event.attachments?.length ?? 0} attachments`);
        expect(file.contentType === media.contentType, `a picture (image/png) arrived as ${shown(file.contentType)}`);
        expect('content' in file || at.plugin.fetchAttachment !== undefined, 'the file is named by an address, but the plugin has no `fetchAttachment`');
        const there = 'content' in file ? Buffer.compare(file.content, PICTURE) === 0 : file.url !== '';
        expect(there, `the picture arrived as ${shown(file)}`);
      });
    },
  },
  {
    name: 'receive.opt-out',
    title: 'A word of consent is an opt-out or an opt-in of that creator and sender, and no message',
    run: (subject) => hearing(subject, async (at) => {
      needs(subject, 'opt-out');
      const { optOut, optIn } = at.webhooks;
      expect(optOut !== undefined, 'the harness does not say how an opt-out looks (`webhooks.optOut`, or `lacks`)');
      expect(optIn !== undefined || subject.harness.lacks?.['opt-in'] !== undefined, 'the harness does not say how an opt-in looks (`webhooks.optIn`, or `lacks`)');
      const said = [['opt-out', optOut], ['opt-in', optIn]] as const;
      for (const [kind, make] of said) {
        if (make === undefined) continue;
        const events = await eventsOf(at.plugin, at.request(make(at.incoming())));
        const consent = events.find((event) => event.kind === kind);
        expect(consent !== undefined && consent.kind !== 'status', `an ${kind} became ${shown(events.map((event) => event.kind))}`);
        expect(consent.from === at.creator && consent.to === at.plugin.sender, `an ${kind} of ${at.creator} towards ${at.plugin.sender} became ${shown(consent)}`);
        expect(kind === 'opt-in' || events.length === 1, 'an opt-out became a message as well: it is no answer');
      }
    }),
  },
];
