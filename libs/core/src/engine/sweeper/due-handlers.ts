import type { Database } from '../../db/database.js';
import type { Scope, Tx } from '../../db/tx.js';
import type { DueKind } from '../due.js';

/** A small wait whose time has come. */
export interface DueCall {
  id: string;
  kind: string;
  /** The row it is about. */
  refId: string;
  dueAt: Date;
}

/** Does what was waited for, in the workspace and transaction of the item. The answer is kept as its outcome. */
export type DueHandler = (tx: Tx, call: DueCall) => Promise<string | void>;

/** A handler with calls to the outside, which come first and in no transaction. They may be repeated. */
export interface DueStep {
  outside(db: Database, scope: Scope, call: DueCall): Promise<void>;
  inside: DueHandler;
}

/** One handler for every kind, listed by whoever composes the worker. */
export type DueHandlers = Readonly<Record<DueKind, DueHandler | DueStep>>;
