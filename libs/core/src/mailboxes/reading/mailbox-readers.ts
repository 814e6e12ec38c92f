import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@sevenfold/platform/logging';
import type { Scope } from '../../db/tx.js';
import { errorLabel } from '../../engine/error-label.js';
import { Leases } from '../../leases/index.js';
import type { SystemDatabase } from '../../system/system-database.js';
import { readOne, type ReadOneParts } from './read-one.js';

export interface MailboxReadersParts extends ReadOneParts {
  system: SystemDatabase;
  logger: Logger;
  /** The database as the role `system`, for a connection of its own: leases. */
  leaseUrl: string;
  /** How often it is looked which mailboxes there are, in ms. */
  everyMs?: number;
}

/** Reads all members' own mailboxes, each by one process of all. One that is connected, changed, paused or disconnected is noticed within seconds. */
export class MailboxReaders {
  private readonly stopping = new AbortController();
  private readonly workspaces = new Map<string, string>();
  private leases: Leases | undefined;
  private looking: Promise<void> = Promise.resolve();

  constructor(private readonly parts: MailboxReadersParts) {}

  start(): void {
    const { leaseUrl, logger, everyMs = 5_000 } = this.parts;
    const { signal } = this.stopping;
    if (!this.parts.db.services.plugins.channels.some(({ mailboxes }) => mailboxes)) return;
    this.leases = new Leases({ url: leaseUrl, prefix: 'sevenfold:mailbox:', logger, signal, everyMs: Math.min(everyMs, 2_000), work: (key, stop) => this.read(key, stop) });
    this.looking = this.lookAround(this.leases, everyMs);
  }

  /** How many mailboxes this process reads. */
  get count(): number {
    return this.leases?.owned.length ?? 0;
  }

  /** Takes nothing new, finishes what is in hand. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.looking;
    await this.leases?.ended;
  }

  private async lookAround(leases: Leases, everyMs: number): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        leases.want(await this.connected());
      } catch (error) {
        this.parts.logger.warn({ code: errorLabel(error) }, 'mailboxes could not be looked up');
      }
      await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Those that shall be read, each with its version in its key: a changed one is another one. */
  private async connected(): Promise<Set<string>> {
    const rows = await this.parts.system.transaction((em) =>
      em.execute<{ id: string; workspace_id: string; version: number }[]>(
        `select id, workspace_id, version from mailbox
          where disconnected_at is null and paused_at is null and sealed is not null and settings ->> 'imap' is not null
            and (imap_trouble is null or imap_trouble ->> 'problem' in ('unreachable', 'protocol'))`,
      ),
    );
    for (const { id, workspace_id: workspaceId } of rows) this.workspaces.set(id, workspaceId);
    return new Set(rows.map(({ id, version }) => `${id}:${version}`));
  }

  private async read(key: string, signal: AbortSignal): Promise<void> {
    const [id = ''] = key.split(':');
    const workspaceId = this.workspaces.get(id);
    if (workspaceId === undefined) return;
    const scope: Scope = { workspaceId, actor: { kind: 'system', via: 'engine' } };
    await readOne(this.parts, scope, id, signal);
  }
}
