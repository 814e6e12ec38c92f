import type { Json } from '@sevenfold/domain/errors';
import type { Tx } from '../db/tx.js';
import { tellTeam } from '../notices/index.js';
import type { BrokenText } from './with-fallback.js';

/** Tells the team that the default went out in place of a text of theirs; once for each version of it. */
export async function tellBroken(tx: Tx, { text, error }: BrokenText): Promise<void> {
  const why: Record<string, Json> = { code: error.code, ...named(error.details) };
  await tellTeam(tx, {
    kind: 'template-broken', campaignId: text.campaignId, refId: text.id, dedupeKey: `template-broken:${text.versionId}`,
    data: { key: text.key, language: text.language, version: text.version, ...why }, asks: false,
  });
  await tx.em.execute(
    'update template set problem = ?::jsonb where id = ? and version = ? and problem is null',
    [JSON.stringify({ ...why, at: tx.now.toISOString() }), text.id, text.version],
  );
}

/** Names and places only: the details of a fault never quote the data. */
function named(details: Readonly<Record<string, unknown>>): Record<string, Json> {
  const { variables, fields, why } = details;
  return {
    ...(Array.isArray(variables) && { variables: variables.map(String) }),
    ...(Array.isArray(fields) && { problems: fields.map((field) => String((Object(field) as { message?: unknown }).message)) }),
    ...(typeof why === 'string' && { problems: [why] }),
  };
}
