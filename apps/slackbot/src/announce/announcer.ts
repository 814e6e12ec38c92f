import type { Logger } from '@sevenfold/platform/logging';
import type { App } from '@slack/bolt';
import type { BotApi, BotNotice } from '../api/bot-api.js';
import { ChannelIds } from './channel-ids.js';
import { escapeText, noticeBlocks } from './notice-blocks.js';

/** What our posts carry, so that a post can be found again in the channel's history. */
const eventType = 'sevenfold_notice';

/** How much Slack's clock and ours may differ, in ms. */
const clocksDiffer = 5 * 60_000;

export interface AnnouncerParts {
  slack: App['client'];
  api: BotApi;
  /** For workspaces that named no channel; without one their notices stay in the console. */
  defaultChannel: string | undefined;
  logger: Logger;
}

/** Posts a notice once: what was recorded, or found in the history after an unknown outcome, is not posted again. */
export class Announcer {
  private readonly channels: ChannelIds;

  constructor(private readonly parts: AnnouncerParts) {
    this.channels = new ChannelIds(parts.slack);
  }

  /**
   * @param attempt 1 for the first; later ones look in the history, since the one before may have got through
   * @param since when the first attempt was asked for, in ms since the epoch: no post of ours is older
   */
  async announce(ref: { workspaceId: string; noticeId: string }, { attempt, since }: { attempt: number; since: number }): Promise<void> {
    const notice = await this.parts.api.notice(ref.workspaceId, ref.noticeId);
    const channel = notice.channelId ?? this.parts.defaultChannel;
    if (notice.posted || channel === undefined) return;
    const ts = (attempt > 1 ? await this.find(channel, notice.id, since) : undefined) ?? (await this.post(channel, notice));
    await this.parts.api.posted(ref.workspaceId, ref.noticeId, { channel, ts });
  }

  private async post(channel: string, notice: BotNotice): Promise<string> {
    const answer = await this.parts.slack.chat.postMessage({
      channel,
      text: escapeText(notice.text),
      blocks: noticeBlocks(notice),
      metadata: { event_type: eventType, event_payload: { kind: notice.kind, id: notice.id } },
      unfurl_links: false,
    });
    if (!answer.ts) throw new Error('Slack took the message without telling its time stamp');
    this.parts.logger.info({ notice: notice.id, kind: notice.kind }, 'notice posted');
    return answer.ts;
  }

  private async find(nameOrId: string, noticeId: string, since: number): Promise<string | undefined> {
    const channel = await this.channels.of(nameOrId);
    const oldest = String(Math.max(0, since - clocksDiffer) / 1_000);
    let cursor: string | undefined;
    do {
      const page = await this.parts.slack.conversations.history({
        channel, include_all_metadata: true, oldest, limit: 200, ...(cursor ? { cursor } : {}),
      });
      const ours = page.messages?.find(({ metadata }) => metadata?.event_type === eventType && payloadId(metadata.event_payload) === noticeId);
      if (ours?.ts) return ours.ts;
      cursor = page.response_metadata?.next_cursor;
    } while (cursor);
    return undefined;
  }
}

function payloadId(payload: object | undefined): unknown {
  return payload && 'id' in payload ? payload.id : undefined;
}
