import { z } from 'zod';

const notice = z.object({
  id: z.uuid(),
  kind: z.string(),
  /** Where to post: the workspace's own channel, null when it named none. */
  channelId: z.string().nullable(),
  text: z.string(),
  link: z.string().nullable(),
  posted: z.object({ channel: z.string(), ts: z.string() }).nullable(),
});
/** A notice as the API hands it to the bot: worded, and free of anything that is closed. */
export type BotNotice = z.infer<typeof notice>;

export interface BotApiOptions {
  /** Root of the REST API, without a trailing slash. */
  apiUrl: string;
  /** The bot's own credential. */
  credential: string;
}

/** The REST API as the bot itself sees it. The bot has no database and no other way in. */
export class BotApi {
  constructor(private readonly options: BotApiOptions) {}

  /** @throws Error when the API is away or refuses; the engine tries again */
  async notice(workspaceId: string, noticeId: string): Promise<BotNotice> {
    return notice.parse(await this.call('GET', `/v1/bot/notices/${noticeId}`, workspaceId));
  }

  /** Records where a notice was posted, so that nobody posts it again. */
  async posted(workspaceId: string, noticeId: string, where: { channel: string; ts: string }): Promise<void> {
    await this.call('PUT', `/v1/bot/notices/${noticeId}/posted`, workspaceId, where);
  }

  /** @throws Error when the API does not answer */
  async ping(): Promise<void> {
    const response = await fetch(`${this.options.apiUrl}/healthz`, { signal: AbortSignal.timeout(3_000) });
    if (!response.ok) throw new Error(`The API answered ${response.status}`);
  }

  private async call(method: string, path: string, workspaceId: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.options.apiUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.options.credential}`,
        'x-workspace': workspaceId,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`);
    return response.status === 204 ? null : response.json();
  }
}
