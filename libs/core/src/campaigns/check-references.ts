import type { CampaignDraft } from '@sevenfold/domain/campaigns';
import { DomainError, type FieldProblem } from '@sevenfold/domain/errors';
import { idsIn } from '../db/ids-in.js';
import type { Tx } from '../db/tx.js';

/**
 * Everything a draft points to must be there, in this workspace and in use.
 * @throws DomainError `invalid_fields` naming each that is not
 */
export async function checkReferences(tx: Tx, draft: CampaignDraft): Promise<void> {
  const problems = [
    ...(await missingClient(tx, draft.clientId)),
    ...(await missingSchedule(tx, draft.scheduleId)),
    ...(await missingImages(tx, draft.images ?? [])),
  ];
  if (problems.length > 0) throw new DomainError('invalid_fields', { fields: problems.map((each) => ({ ...each })) });
}

async function missingClient(tx: Tx, id: string | undefined): Promise<FieldProblem[]> {
  if (id === undefined) return [];
  const found = await tx.em.execute('select id from client where id = ? and archived_at is null', [id]);
  return found.length > 0 ? [] : [{ path: 'clientId', message: 'There is no such client' }];
}

async function missingSchedule(tx: Tx, id: string | undefined): Promise<FieldProblem[]> {
  if (id === undefined) return [];
  const found = await tx.em.execute('select id from workspace_schedule where id = ? and archived_at is null', [id]);
  return found.length > 0 ? [] : [{ path: 'scheduleId', message: 'There is no such schedule' }];
}

async function missingImages(tx: Tx, images: readonly { fileId: string }[]): Promise<FieldProblem[]> {
  if (images.length === 0) return [];
  const ids = JSON.stringify(images.map(({ fileId }) => fileId));
  const rows = await tx.em.execute<{ id: string; content_type: string }[]>(
    `select id, content_type from blob where id in ${idsIn}`,
    [ids],
  );
  const types = new Map(rows.map((row) => [row.id, row.content_type]));
  return images.flatMap(({ fileId }, index) => {
    const type = types.get(fileId.toLowerCase());
    if (type?.startsWith('image/')) return [];
    const message = type === undefined ? 'There is no such file' : `An image is needed, this is ${type}`;
    return [{ path: `images.${index}.fileId`, message }];
  });
}
