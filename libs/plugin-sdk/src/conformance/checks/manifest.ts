import type { ChannelPlugin } from '../../channel/channel-plugin.js';
import type { Check } from '../kit/check.js';
import { onStage } from '../kit/stage.js';
import { expect, shown } from '../kit/verdict.js';

/** What a plugin says of itself. */
export const manifestChecks: readonly Check[] = [
  {
    name: 'manifest.capabilities',
    title: 'It declares what it can do, and does what it declares',
    run: (subject) => onStage(subject, {}, async ({ plugin, provider }) => {
      const declared = new Set<string>(subject.manifest.capabilities);
      const hears = plugin.receive !== undefined || plugin.listen !== undefined;
      expect(declared.has('send'), 'capabilities lack "send"');
      expect(declared.has('receive') === hears, hears ? 'it has `receive` or `listen`, but does not declare "receive"' : 'it declares "receive", but has neither `receive` nor `listen`');
      expect(!declared.has('status') || hears, 'it declares "status", but hears nothing');
      const reports = (provider?.webhooks?.statuses ?? []).length > 0 && plugin.receive !== undefined;
      expect(!reports || declared.has('status'), 'its provider reports, but it does not declare "status"');
    }),
  },
  {
    name: 'manifest.traits',
    title: 'Its traits make sense',
    run: (subject) => onStage(subject, {}, async ({ plugin }) => {
      const wrong = problemsOf(plugin);
      expect(wrong.length === 0, wrong.join('; '));
    }),
  },
];

function problemsOf({ channel, label, sender, traits }: ChannelPlugin): string[] {
  const flags = ['newsletter', 'rich', 'repeatCostsMoney', 'needsAppSession'] as const;
  const checks: [boolean, string][] = [
    [/^[a-z0-9][a-z0-9-]*$/.test(channel), `channel ${shown(channel)}: lower-case letters, digits and dashes`],
    [label.trim() !== '', 'label is empty'],
    [sender.trim() !== '', 'sender is empty: consent is kept per sender'],
    ...flags.map((flag): [boolean, string] => [typeof traits[flag] === 'boolean', `traits.${flag} is not true or false`]),
    [['html', 'text', 'short'].includes(traits.bodyTemplate), `traits.bodyTemplate ${shown(traits.bodyTemplate)}: html, text or short`],
    [Number.isInteger(traits.connections) && traits.connections > 0, `traits.connections ${shown(traits.connections)}: a whole number from 1`],
    [traits.ratePerSecond === undefined || traits.ratePerSecond > 0, `traits.ratePerSecond ${shown(traits.ratePerSecond)}: more than 0, or absent`],
    [!(traits.repeatHarmless === true && traits.repeatCostsMoney), 'traits.repeatHarmless and traits.repeatCostsMoney cannot both be true'],
    [traits.bodyTemplate !== 'html' || traits.rich, 'traits.bodyTemplate is html, but traits.rich is not true'],
  ];
  return checks.filter(([holds]) => !holds).map(([, problem]) => problem);
}
