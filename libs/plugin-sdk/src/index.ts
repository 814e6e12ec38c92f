export type { ChannelPlugin, NormalisedAddress } from './channel/channel-plugin.js';
export type {
  HttpAnswer,
  InboundAttachment,
  InboundConsent,
  InboundEvent,
  InboundMessage,
  InboundRequest,
  InboundStatus,
  ReceiveResult,
} from './channel/inbound.js';
export type { LookUpAnswer, LookUpCandidate, LookUpQuestion } from './channel/look-up.js';
export type {
  Mailbox,
  MailboxCheck,
  Mailboxes,
  MailboxFault,
  MailboxHead,
  MailboxProblem,
  MailboxReading,
  MailboxSecurity,
  MailboxServer,
} from './channel/mailboxes.js';
export type { TextMeasure } from './channel/measure.js';
export type { AttachmentRef, FetchContext, FetchedAttachment } from './channel/media.js';
export type { OutboundAttachment, OutboundMessage, SendContext } from './channel/message.js';
export type { Receiver, ReceiverContext, ReceiverCursor, ReceiverLease } from './channel/receiver.js';
export type { ChannelTraits, ReplyAddressTrait } from './channel/traits.js';
export { CHANNEL_WEBHOOK_PATH, channelWebhookUrl } from './channel/webhook-url.js';
export type { PluginHealth } from './health.js';
export type { PluginClock, PluginHost, PluginLogger } from './host.js';
export { loadPlugins, type LoadPluginsOptions } from './loading/load-plugins.js';
export { PluginLoadError, type PluginProblem } from './loading/plugin-load-error.js';
export { createRegistry, type PluginRegistry } from './loading/registry.js';
export { definePlugin } from './manifest/define-plugin.js';
export type {
  ChannelCapability,
  ChannelManifest,
  PluginManifest,
  SocialCapability,
  SocialManifest,
} from './manifest/manifest.js';
export {
  accepted,
  type AcceptedOutcome,
  notSent,
  type NotSentOutcome,
  rejected,
  type RejectedOutcome,
  type SendOutcome,
  unknown,
  type UnknownOutcome,
} from './outcome.js';
export type { FigureGap, FiguresRequest, PostFigures } from './social/figures.js';
export type { NormalisedProfile, SocialPlugin } from './social/social-plugin.js';
export type { FoundStory, StoryContext, StoryEvidence, StoryRequest } from './social/story.js';
export { networkReason } from './support/network-reason.js';
export { pastDeadline } from './support/past-deadline.js';
export { SDK_VERSION } from './version.js';
