import type { ChannelPlugin, NormalisedAddress } from '../../channel/channel-plugin.js';
import type { Check } from '../kit/check.js';
import { onStage } from '../kit/stage.js';
import { expect, Failed, shown } from '../kit/verdict.js';

const ODD = ['', ' ', '\n', '\u0000', '@', '+', 'a\r\nBcc: b@example.com', '\ud800', '👋', '../../etc/passwd', '<script>', 'x'.repeat(20_000), '1'.repeat(500)];

/** Addresses. */
export const addressChecks: readonly Check[] = [
  {
    name: 'normalise.examples',
    title: 'Addresses as people type them become the ones the harness says; what is none is refused',
    run: (subject) => onStage(subject, {}, async ({ plugin }) => {
      const { good, bad } = subject.harness.addresses;
      expect(good.length > 0 && bad.length > 0, 'the harness needs good and bad addresses');
      for (const { typed, normalised } of good) {
        const made = normalise(plugin, typed);
        expect(made.ok && made.address === normalised, `${shown(typed)} became ${shown(made)}, not ${shown(normalised)}`);
      }
      for (const typed of bad) expect(!normalise(plugin, typed).ok, `${shown(typed)} was taken for an address`);
    }),
  },
  {
    name: 'normalise.pure',
    title: 'The same address gives the same answer each time, and a normalised one stays as it is',
    run: (subject) => onStage(subject, {}, ({ plugin: other }) => onStage(subject, {}, async ({ plugin }) => {
      for (const { typed } of subject.harness.addresses.good) {
        const answers = [plugin, plugin, other].map((each) => JSON.stringify(normalise(each, typed)));
        expect(new Set(answers).size === 1, `${shown(typed)} became ${answers.join(', then ')}`);
        const once = normalise(plugin, typed);
        const twice = once.ok ? normalise(plugin, once.address) : once;
        expect(JSON.stringify(once) === JSON.stringify(twice), `${shown(typed)} became ${shown(once)}, and that became ${shown(twice)}`);
      }
    })),
  },
  {
    name: 'normalise.never-throws',
    title: 'Nonsense is answered with a reason, never with a throw',
    run: (subject) => onStage(subject, {}, async ({ plugin }) => {
      for (const typed of [...ODD, ...subject.harness.addresses.bad]) {
        const made = normalise(plugin, typed);
        const formed = made.ok ? typeof made.address === 'string' && made.address !== '' : typeof made.reason === 'string' && made.reason !== '';
        expect(formed, `${shown(typed)} became ${shown(made)}: an address, or a reason`);
        expect(!made.ok || !/[\r\n\u0000]/.test(made.address), `${shown(typed)} became an address with a line break in it`);
      }
    }),
  },
];

function normalise(plugin: ChannelPlugin, typed: string): NormalisedAddress {
  try {
    return plugin.normalise(typed);
  } catch {
    throw new Failed(`normalise threw at ${shown(typed)}`);
  }
}
