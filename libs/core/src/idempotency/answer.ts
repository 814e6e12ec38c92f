import type { Json } from '@sevenfold/domain/errors';
import { newDataKey, openText, seal } from '@sevenfold/platform/crypto';
import type { Tx } from '../db/tx.js';

/** What a request was answered. */
export interface StoredAnswer {
  status: number;
  /** Headers that are part of the answer (`location`), by their lower-case names. */
  headers: Record<string, string>;
  /** Null when there was no body. */
  body: Json;
}

/** Whom the key of an answer is wrapped for. */
export const answerKeyOwner = (recordId: string) => `idempotency_record:${recordId}`;

/** Answers hold secrets and addresses, so they are never stored in the clear; each has a key of its own. */
export function sealAnswer({ services }: Tx, recordId: string, answer: StoredAnswer): { sealed: Buffer; wrapped: string } {
  const key = newDataKey();
  return { sealed: seal(key, JSON.stringify(answer), answerKeyOwner(recordId)), wrapped: services.keyRing.wrap(key, answerKeyOwner(recordId)) };
}

export function openAnswer({ services }: Tx, recordId: string, sealed: Uint8Array, wrapped: string): StoredAnswer {
  const text = openText(services.keyRing.unwrap(wrapped, answerKeyOwner(recordId)), sealed, answerKeyOwner(recordId));
  // Written by sealAnswer alone, and sealed: nobody else can have put it there.
  return JSON.parse(text) as StoredAnswer;
}
