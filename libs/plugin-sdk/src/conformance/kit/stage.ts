import { randomUUID } from 'node:crypto';
import type { ChannelPlugin } from '../../channel/channel-plugin.js';
import type { OutboundMessage, SendContext } from '../../channel/message.js';
import type { PluginHost, PluginLogger } from '../../host.js';
import type { SendOutcome } from '../../outcome.js';
import type { FakeProvider, Where } from '../harness.js';
import { createDesk, type Desk } from './desk.js';
import { deadPort, type Line, startLine } from './line.js';
import type { Subject } from './subject.js';
import { Failed, within } from './verdict.js';

/** Where the plugin is told the outside world reaches us. */
export const PUBLIC_URL = 'https://sevenfold.example';

/** What waiting for a plugin costs at most, beyond its own timeout. Generous: the machine may be busy. */
export const PATIENCE_MS = 15_000;

/** How a stage is set up. */
export interface StageOptions {
  /** What the host's clock says. */
  readonly now?: Date;
  /** The plugin's own timeout. */
  readonly timeoutMs?: number;
  /** The plugin is pointed at a port where nobody listens. */
  readonly nobodyThere?: boolean;
}

/** One plugin made anew, with a provider, a line and a clock of its own. */
export interface Stage {
  readonly plugin: ChannelPlugin;
  readonly desk: Desk;
  readonly line: Line | undefined;
  readonly provider: FakeProvider | undefined;
  /** The plugin's variables. */
  readonly env: Record<string, string>;
  /** What it logged, as JSON. */
  readonly logged: string[];
  readonly timeoutMs: number;
  message(over?: Partial<OutboundMessage>): OutboundMessage;
  context(over?: Partial<SendContext>): SendContext;
  /** One attempt. A throw, or no answer in time, fails the check. */
  send(message?: OutboundMessage, context?: SendContext): Promise<SendOutcome>;
}

/** Sets a stage up, plays on it and takes it down again. */
export async function onStage<T>(subject: Subject, options: StageOptions, play: (stage: Stage) => Promise<T>): Promise<T> {
  const desk = createDesk(await deadPort());
  const provider = await subject.harness.provider?.(desk);
  const line = provider && (await startLine(provider.port));
  let plugin: ChannelPlugin | undefined;
  try {
    const timeoutMs = options.timeoutMs ?? 20_000;
    const env = subject.harness.env(await whereOf(options.nobodyThere === true ? undefined : line, timeoutMs, desk.doorPort));
    const logged: string[] = [];
    plugin = await create(subject, env, hostOf(logged, options.now));
    const now = options.now ?? new Date();
    return await play(stageOf({ subject, plugin, desk, line, provider, env, logged, timeoutMs, now }));
  } finally {
    await line?.close();
    desk.release();
    await Promise.race([plugin?.close().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 1_000).unref())]);
    await provider?.close();
  }
}

/** Where a plugin finds the line; a port without anybody when there is none. */
export async function whereOf(line: Pick<Line, 'port'> | undefined, timeoutMs: number, doorPort?: number): Promise<Where> {
  const port = line?.port ?? (await deadPort());
  return { host: '127.0.0.1', port, url: `http://127.0.0.1:${port}`, timeoutMs, doorPort: doorPort ?? (await deadPort()) };
}

async function create(subject: Subject, env: Record<string, string>, host: PluginHost): Promise<ChannelPlugin> {
  const config = subject.manifest.config.safeParse(env);
  if (!config.success) throw new Failed(`the harness's env is refused: ${config.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join(', ')}`);
  try {
    return await within(PATIENCE_MS, Promise.resolve(subject.manifest.create(config.data, host)), 'create');
  } catch (error) {
    throw error instanceof Failed ? error : new Failed(`create threw ${error instanceof Error ? error.name : 'something'}`);
  }
}

function hostOf(logged: string[], now: Date | undefined): PluginHost {
  const write = (message: string, fields?: Record<string, unknown>): void => void logged.push(inWords([message, fields]));
  const logger: PluginLogger = { debug: write, info: write, warn: write, error: write };
  return { logger, clock: { now: async () => now ?? new Date() }, publicUrl: PUBLIC_URL };
}

/** Everything in a log line, errors with their message, stack and causes included. */
function inWords(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    each instanceof Error ? { ...each, name: each.name, message: each.message, stack: each.stack, cause: each.cause } : each,
  );
}

function stageOf(parts: Omit<Stage, 'message' | 'context' | 'send'> & { subject: Subject; now: Date }): Stage {
  const { subject, plugin, now } = parts;
  const stage: Stage = {
    ...parts,
    message: (over) => messageFor(subject, over),
    context: (over) => ({ signal: new AbortController().signal, deadline: new Date(now.getTime() + 3_600_000), ...over }),
    send: async (message = stage.message(), context = stage.context()) => {
      const attempt = (async () => plugin.send(message, context))();
      try {
        return await within(parts.timeoutMs + PATIENCE_MS, attempt, 'send');
      } catch (error) {
        throw error instanceof Failed ? error : new Failed(`send threw ${error instanceof Error ? error.name : 'something that is no error'}: it must answer an outcome`);
      }
    },
  };
  return stage;
}

/** A message to the harness's first good address. */
export function messageFor(subject: Subject, over: Partial<OutboundMessage> = {}): OutboundMessage {
  const to = subject.harness.addresses.good[0]?.normalised;
  if (to === undefined) throw new Failed('the harness names no good address');
  return { id: randomUUID(), workspaceId: randomUUID(), to, text: 'Seven days, one campaign. Reply YES to take part.', ...subject.harness.message, ...over };
}
