import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '@sevenfold/domain/actors';
import type { KeyRing } from '@sevenfold/platform/crypto';
import type { WebPush } from '@sevenfold/platform/web-push';
import type { PluginRegistry } from '@sevenfold/plugin-sdk';

/** Who acts, and in which workspace. */
export interface Scope {
  workspaceId: string;
  actor: Actor;
  /** Ties audit entries and log lines to one request. */
  requestId?: string;
}

/** What use cases may lean on besides the database. */
export interface Services {
  keyRing: KeyRing;
  plugins: PluginRegistry;
  /** Where creators reach us, without a trailing slash: the root of every link we send. */
  publicUrl: string;
  /** Calls creators' devices; absent where nobody has set it up. */
  push?: WebPush | undefined;
  /** Mail servers inside our own network that members' mailboxes may be at, in lower case; none unless told. */
  mailboxPrivateHosts?: readonly string[] | undefined;
}

/**
 * One transaction of one use case. `now` was read from the injected clock when it began, so everything
 * in it happens at one instant. Raw SQL goes through `em.execute()`, which runs inside the workspace's context;
 * `em.flush()` first when it must see what was persisted.
 */
export interface Tx extends Scope {
  readonly em: EntityManager;
  readonly now: Date;
  readonly services: Services;
}
