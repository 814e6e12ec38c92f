import type { App } from '@slack/bolt';

/** Posting takes a channel's name or a person's id, reading the history takes only the channel's id. Each is asked for once. */
export class ChannelIds {
  private readonly known = new Map<string, string>();

  constructor(private readonly slack: App['client']) {}

  /** @throws Error when there is no such channel, or the bot may not see it */
  async of(nameOrId: string): Promise<string> {
    if (/^[CGD][A-Z0-9]{8,}$/.test(nameOrId)) return nameOrId;
    if (/^[UW][A-Z0-9]{6,}$/.test(nameOrId)) return this.direct(nameOrId);
    const name = nameOrId.replace(/^#/, '');
    if (!this.known.has(name)) await this.learn();
    const id = this.known.get(name);
    if (id === undefined) throw new Error(`Slack shows no channel ${name}`);
    return id;
  }

  /** The talk between a person and the bot. */
  private async direct(userId: string): Promise<string> {
    const known = this.known.get(userId) ?? (await this.slack.conversations.open({ users: userId })).channel?.id;
    if (known === undefined) throw new Error('Slack opened no direct message');
    this.known.set(userId, known);
    return known;
  }

  private async learn(): Promise<void> {
    let cursor: string | undefined;
    do {
      const page = await this.slack.conversations.list({
        types: 'public_channel,private_channel', exclude_archived: true, limit: 1_000, ...(cursor ? { cursor } : {}),
      });
      for (const { id, name } of page.channels ?? []) if (id && name) this.known.set(name, id);
      cursor = page.response_metadata?.next_cursor;
    } while (cursor);
  }
}
