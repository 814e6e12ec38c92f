import type { KeyRing } from '@sevenfold/platform/crypto';
import type { Services } from '../../db/tx.js';
import type { SystemDatabase } from '../../system/system-database.js';

const proof = (keyRing: KeyRing, creatorId: string): string => keyRing.hmac('unsubscribe', creatorId).slice(0, 40);

/** Where a creator ends the newsletter: GET shows a page, POST acts. It never expires, and opens nothing else. */
export function unsubscribeUrl({ publicUrl, keyRing }: Pick<Services, 'publicUrl' | 'keyRing'>, creatorId: string): string {
  return `${publicUrl}/u/${creatorId.replaceAll('-', '')}_${proof(keyRing, creatorId)}`;
}

/** Whose link it is; null for anything else. */
export async function whoUnsubscribes(
  system: SystemDatabase,
  keyRing: KeyRing,
  token: string,
): Promise<{ workspaceId: string; creatorId: string; workspace: string } | null> {
  const [, hex, given] = /^([0-9a-f]{32})_([0-9a-f]{40})$/.exec(token) ?? [];
  const creatorId = hex?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (creatorId === undefined || given !== proof(keyRing, creatorId)) return null;
  return system.transaction(async (em) => {
    const [row] = await em.execute<{ workspaceId: string; workspace: string }[]>(
      'select w.id as "workspaceId", w.name as workspace from creator c join workspace w on w.id = c.workspace_id where c.id = ? and c.erased_at is null',
      [creatorId],
    );
    return row ? { creatorId, ...row } : null;
  });
}
