import { Agreement } from '../agreements/agreement.entity.js';
import { Replacement } from '../agreements/replacement.entity.js';
import { Application } from '../applications/application.entity.js';
import { AuditEntry } from '../audit/audit-entry.entity.js';
import { BroadcastChunk } from '../broadcasts/broadcast-chunk.entity.js';
import { BroadcastSkip } from '../broadcasts/broadcast-skip.entity.js';
import { Broadcast } from '../broadcasts/broadcast.entity.js';
import { CampaignMilestone } from '../campaigns/campaign-milestone.entity.js';
import { Campaign } from '../campaigns/campaign.entity.js';
import { Command } from '../campaigns/command.entity.js';
import { Collaboration } from '../collaborations/collaboration.entity.js';
import { Parcel } from '../collaborations/parcel.entity.js';
import { ContactPoint } from '../creators/contact-point.entity.js';
import { CreatorLink } from '../creators/creator-link.entity.js';
import { CreatorProfile } from '../creators/creator-profile.entity.js';
import { Creator } from '../creators/creator.entity.js';
import { CustomerSuccessRequest } from '../customer-success/customer-success-request.entity.js';
import { DueItem } from '../engine/due-item.entity.js';
import { OutboxItem } from '../engine/outbox-item.entity.js';
import { BlobChunk } from '../files/blob-chunk.entity.js';
import { Blob } from '../files/blob.entity.js';
import { IdempotencyRecord } from '../idempotency/idempotency-record.entity.js';
import { InboundPart } from '../inbox/attachments/inbound-part.entity.js';
import { MessageAttachment } from '../inbox/attachments/message-attachment.entity.js';
import { ConsentEntry } from '../inbox/consent-entry.entity.js';
import { DeliveryEvent } from '../inbox/delivery-event.entity.js';
import { Delivery } from '../inbox/delivery.entity.js';
import { InboundItem } from '../inbox/inbound-item.entity.js';
import { Message } from '../inbox/message.entity.js';
import { SendBudget } from '../inbox/sending/rate/send-budget.entity.js';
import { ThreadFacet } from '../inbox/thread-facet.entity.js';
import { ReceiverCursor } from '../inbox/receiver-cursor.entity.js';
import { Thread } from '../inbox/thread.entity.js';
import { TrayItem } from '../inbox/tray/tray-item.entity.js';
import { TrayRoute } from '../inbox/tray/tray-route.entity.js';
import { Invite } from '../invites/invite.entity.js';
import { DigestCampaign } from '../newsletters/digest-campaign.entity.js';
import { Digest } from '../newsletters/digest.entity.js';
import { CreatorPresence } from '../live/creator-presence.entity.js';
import { LiveHint } from '../live/live-hint.entity.js';
import { Mailbox } from '../mailboxes/mailbox.entity.js';
import { Notice } from '../notices/notice.entity.js';
import { CampaignEntry } from '../personal-data/campaign-entry.entity.js';
import { CreatorAddress } from '../personal-data/creator-address.entity.js';
import { DataKey } from '../personal-data/data-key.entity.js';
import { PushSubscription } from '../push/push-subscription.entity.js';
import { Push } from '../push/push.entity.js';
import { Result } from '../results/result.entity.js';
import { WorkspaceSchedule } from '../schedules/schedule.entity.js';
import { SavedReply } from '../saved-replies/saved-reply.entity.js';
import { SequenceRun } from '../sequences/sequence-run.entity.js';
import { Sequence } from '../sequences/sequence.entity.js';
import { Story } from '../story/story.entity.js';
import { TemplateVersion } from '../templates/template-version.entity.js';
import { Template } from '../templates/template.entity.js';
import { ApiToken } from '../team/api-token.entity.js';
import { Member } from '../team/member.entity.js';
import { Client } from '../workspaces/client.entity.js';
import { Workspace } from '../workspaces/workspace.entity.js';

/** Every entity, listed one by one: nothing is found by scanning. */
export const entities = [
  Agreement,
  Replacement,
  Application,
  AuditEntry,
  Broadcast,
  BroadcastChunk,
  BroadcastSkip,
  CampaignMilestone,
  Campaign,
  Command,
  Collaboration,
  Parcel,
  ContactPoint,
  CreatorLink,
  CreatorProfile,
  Creator,
  CustomerSuccessRequest,
  DueItem,
  OutboxItem,
  BlobChunk,
  Blob,
  IdempotencyRecord,
  ConsentEntry,
  DeliveryEvent,
  Delivery,
  InboundItem,
  InboundPart,
  Message,
  SendBudget,
  MessageAttachment,
  ReceiverCursor,
  Thread,
  ThreadFacet,
  TrayItem,
  TrayRoute,
  Invite,
  DigestCampaign,
  Digest,
  CreatorPresence,
  LiveHint,
  Mailbox,
  Notice,
  CampaignEntry,
  CreatorAddress,
  DataKey,
  PushSubscription,
  Push,
  Result,
  WorkspaceSchedule,
  SavedReply,
  SequenceRun,
  Sequence,
  Story,
  Template,
  TemplateVersion,
  ApiToken,
  Member,
  Client,
  Workspace,
];
