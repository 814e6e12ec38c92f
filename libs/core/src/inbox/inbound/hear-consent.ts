import { addressHash } from '@sevenfold/platform/crypto';
import type { ChannelPlugin, InboundConsent } from '@sevenfold/plugin-sdk';
import type { Database } from '../../db/database.js';
import type { SystemDatabase } from '../../system/system-database.js';
import { resumeNewsletter } from '../consent/newsletter-word.js';
import { recordConsent } from '../consent/record-consent.js';
import { findPeople } from './find-owner.js';

export interface Hearing {
  /** The address in the form it is stored. */
  from: string;
  /** Which sender of ours the word is about. */
  sender: string;
}

/**
 * A word of consent counts wherever the address is known: people forbid a sender, not a workspace. STOP counts in every
 * workspace, before anybody there knows the address, so that whoever is imported later is not written to; START also where
 * the address was known once (the ledger outlives erasure).
 * @returns a workspace that knows the address; null when none does
 */
export async function hearConsent(
  { system, db }: { system: SystemDatabase; db: Database },
  { channel }: ChannelPlugin,
  { kind, at }: InboundConsent,
  { from, sender }: Hearing,
): Promise<string | null> {
  const people = await findPeople(system, channel, from);
  const state = kind === 'opt-out' ? 'out' : 'in';
  const hashes = new Map(people.map((each) => [each.workspaceId, each.addressHash]));
  for (const [workspaceId, hash] of hashes) {
    await db.inWorkspace({ workspaceId, actor: { kind: 'system', via: 'engine' } }, async (tx) => {
      await recordConsent(tx, { channel, sender, addressHash: hash, state, source: 'reply', at });
      if (kind === 'opt-in') await resumeNewsletter(tx, channel, hash);
    });
  }
  const others = [...hashes.keys()];
  await system.transaction(async (em, now) => {
    await em.execute(
      `insert into consent_entry as e (id, workspace_id, created_at, channel, sender, address_hash, state, source, at)
       select gen_random_uuid(), w.id, ?::timestamptz, ?, ?, h.hash, ?, 'reply', ?::timestamptz
         from workspace w, (select ?::text as hash) h
        where w.id <> all (?::uuid[])
          and (? = 'out' or exists (select 1 from consent_entry k where k.workspace_id = w.id and k.channel = ? and k.sender = ? and k.address_hash = h.hash))
       on conflict (workspace_id, channel, sender, address_hash) do update
          set state = excluded.state, source = excluded.source, at = excluded.at where e.at < excluded.at`,
      [now, channel, sender, state, at, addressHash(db.services.keyRing, channel, from), `{${others.join(',')}}`, state, channel, sender],
    );
  });
  return others[0] ?? null;
}
