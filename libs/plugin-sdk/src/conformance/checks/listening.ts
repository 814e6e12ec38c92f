import type { Check } from '../kit/check.js';
import { listening } from '../kit/listening.js';
import { eventually, expect, shown } from '../kit/verdict.js';

const SOON_MS = 250;

/** Doors of the plugin's own: a port, a mailbox. */
export const listenChecks: readonly Check[] = [
  {
    name: 'listen.message',
    title: 'What comes to the plugin’s door is kept before it is acknowledged, from the creator’s normalised address',
    run: (subject) => listening(subject, async (at) => {
      const incoming = at.incoming({ text: 'Yes, gladly – Zoë' });
      expect(await at.deliver(incoming), 'a message was not acknowledged');
      const [event] = at.kept;
      expect(event !== undefined, 'a message was acknowledged, but nothing was kept');
      expect(event.kind === 'message' && event.text.includes('Yes, gladly – Zoë'), `a message became ${shown({ ...event, raw: undefined })}`);
      expect(event.from === incoming.from, `it is from ${shown(incoming.from)}, the event says ${shown(event.from)}`);
    }),
  },
  {
    name: 'listen.unkept',
    title: 'What cannot be kept is not acknowledged, so that it comes again',
    run: (subject) => listening(subject, async (at) => {
      const incoming = at.incoming();
      at.full = true;
      expect(!(await at.deliver(incoming)), 'nothing could be kept, and it was acknowledged all the same: it is lost');
      at.full = false;
      expect((await at.deliver(incoming)) && at.kept.length > 0, 'it came again, and was not kept then either');
    }),
  },
  {
    name: 'listen.duplicate',
    title: 'The same thing brought three times at once has the same key; another one has another',
    run: (subject) => listening(subject, async (at) => {
      const [twice, other] = [at.incoming(), at.incoming()];
      await Promise.all([at.deliver(twice), at.deliver(twice), at.deliver(twice)]);
      const same = new Set(at.kept.map(({ providerKey }) => providerKey));
      expect(same.size === 1, `one message three times has ${same.size} keys: ${[...same].join(', ')}`);
      await at.deliver(other);
      const all = new Set(at.kept.map(({ providerKey }) => providerKey));
      expect(all.size === 2, 'two messages with the same words share a key: one of them would be lost');
    }),
  },
  {
    name: 'listen.close',
    title: 'A closed door takes nothing, and what is in hand is finished first',
    run: (subject) => listening(subject, async (at) => {
      expect(await at.deliver(at.incoming()), 'a message was not acknowledged');
      await at.stop();
      const before = at.kept.length;
      expect(!(await at.deliver(at.incoming())), 'a message was acknowledged after the door was closed');
      await eventually(() => at.kept.length > before, SOON_MS);
      expect(at.kept.length === before, 'a message was kept after the door was closed');
    }),
  },
];
