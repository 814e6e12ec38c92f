import { createRegistry, type ChannelPlugin, type PluginRegistry, type SendOutcome, type SocialPlugin } from '@sevenfold/plugin-sdk';
import { failSpan, inSpan, type Metrics } from '@sevenfold/platform/telemetry';

/** Counts what plugins hand over and puts each call in a span. What they do is left as it is. */
export function observePlugins(plugins: PluginRegistry, metrics: Metrics): PluginRegistry {
  const count = metrics.counter('deliveries_total', 'Attempts to hand a message or story to its provider, by channel and outcome.', ['channel', 'outcome']);
  const time = metrics.durations('provider_duration_seconds', 'How long providers take to answer, by channel.', ['channel']);
  metrics.gauge('plugin_up', 'Whether a plugin says that it works (1) or not (0).', ['plugin'], async () =>
    Object.entries(await plugins.health()).map(([plugin, { ok }]) => ({ labels: { plugin }, value: ok ? 1 : 0 })),
  );

  const observed = (channel: string, what: string, call: () => Promise<SendOutcome>): Promise<SendOutcome> =>
    inSpan(`${what} ${channel}`, { sort: 'client', attributes: { 'sevenfold.channel': channel } }, async (span) => {
      const began = performance.now();
      const outcome = await call();
      time({ channel }, (performance.now() - began) / 1000);
      count({ channel, outcome: outcome.outcome });
      span.setAttribute('sevenfold.outcome', outcome.outcome);
      if (outcome.outcome === 'rejected') failSpan(span, outcome.outcome);
      return outcome;
    });

  return createRegistry(
    plugins.channels.map((plugin) => observedChannel(plugin, (call) => observed(plugin.channel, 'send', call))),
    plugins.socials.map((plugin) => observedSocial(plugin, (call) => observed(plugin.platform, 'publish', call))),
  );
}

type Watch = (call: () => Promise<SendOutcome>) => Promise<SendOutcome>;

/** Method by method: a plugin may be a class with private fields, which no copy and no proxy has. */
function observedChannel(plugin: ChannelPlugin, watch: Watch): ChannelPlugin {
  const { receive, listen, fetchAttachment, lookUp, measure, mailboxes } = plugin;
  // Every method by name, the optional ones too: what is forgotten here the worker would not have.
  const observed: { [K in keyof Required<ChannelPlugin>]: ChannelPlugin[K] } = {
    channel: plugin.channel,
    label: plugin.label,
    sender: plugin.sender,
    traits: plugin.traits,
    normalise: (address) => plugin.normalise(address),
    send: (message, context) => watch(() => plugin.send(message, context)),
    receive: receive?.bind(plugin),
    listen: listen?.bind(plugin),
    fetchAttachment: fetchAttachment?.bind(plugin),
    lookUp: lookUp?.bind(plugin),
    measure: measure?.bind(plugin),
    mailboxes: mailboxes && {
      ratePerSecond: mailboxes.ratePerSecond,
      check: (mailbox) => mailboxes.check(mailbox),
      send: (mailbox, message, context) => watch(() => mailboxes.send(mailbox, message, context)),
      read: (mailbox, reading) => mailboxes.read(mailbox, reading),
    },
    health: () => plugin.health(),
    close: () => plugin.close(),
  };
  return observed;
}

function observedSocial(plugin: SocialPlugin, watch: Watch): SocialPlugin {
  const { publishStory, findStory } = plugin;
  return {
    platform: plugin.platform,
    label: plugin.label,
    figures: plugin.figures,
    ...(publishStory && { publishStory: (story, context) => watch(() => publishStory.call(plugin, story, context)) }),
    ...(findStory && { findStory: (evidence, context) => findStory.call(plugin, evidence, context) }),
    fetchPostFigures: (request, context) => plugin.fetchPostFigures(request, context),
    normaliseProfile: (text) => plugin.normaliseProfile(text),
    health: () => plugin.health(),
    close: () => plugin.close(),
  };
}
