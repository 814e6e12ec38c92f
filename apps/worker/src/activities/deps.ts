import type { Database, Scope } from '@sevenfold/core/db';
import type { SystemDatabase } from '@sevenfold/core/system';
import type { Clock } from '@sevenfold/platform/clock';
import type { Logger } from '@sevenfold/platform/logging';
import type { PluginRegistry } from '@sevenfold/plugin-sdk';
import type { PdfRenderer } from '@sevenfold/templating';

/** What activities are made of; injected, so that a test swaps only the edge. */
export interface ActivityDeps {
  db: Database;
  system: SystemDatabase;
  plugins: PluginRegistry;
  clock: Clock;
  logger: Logger;
  pdf: PdfRenderer;
}

/** The engine acts for itself; a command's own actor is in its row. */
export function engineScope(workspaceId: string): Scope {
  return { workspaceId, actor: { kind: 'system', via: 'engine' } };
}
