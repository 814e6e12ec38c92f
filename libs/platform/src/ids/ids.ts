import { v5, v7, validate } from 'uuid';

/** Fixed for ever: changing it would make a repeated request a new one. */
const namespace = '6f1a2c5e-7d34-5b8e-9c41-8b7d52f0a7c1';

/** A fresh id (uuid v7: later ids sort after earlier ones, which keeps indexes compact). */
export function newId(): string {
  return v7();
}

/** True for any uuid; ids of other shapes are answered as "not found" without asking the database. */
export function isId(text: string): boolean {
  return validate(text);
}

/** The same id for the same parts, on every machine (uuid v5). */
export function stableId(...parts: string[]): string {
  return v5(JSON.stringify(parts), namespace);
}

/**
 * The id of one command, from who asked for what: the engine compares ids only, within one run, so the raw
 * Idempotency-Key of two workspaces or two paths must never meet.
 */
export function commandId(workspaceId: string, method: string, path: string, key: string): string {
  return stableId('command', workspaceId, method.toUpperCase(), path, key);
}
