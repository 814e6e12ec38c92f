import { DomainError } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import { z } from 'zod';
import { audit } from '../audit/audit.js';
import { iso } from '../db/instants.js';
import type { Tx } from '../db/tx.js';
import { Parcel } from './parcel.entity.js';

export const parcelSchema = z
  .strictObject({
    carrier: z.string().trim().min(1).max(100),
    trackingCode: z.string().trim().min(1).max(100),
    trackingUrl: z.url({ protocol: /^https?$/ }).max(1_000).optional(),
    sentOn: z.iso.date().optional(),
  })
  .meta({ id: 'ParcelInput' });
export type ParcelInput = z.infer<typeof parcelSchema>;

export interface ParcelView {
  id: string;
  carrier: string;
  trackingCode: string;
  trackingUrl: string | null;
  /** Local date. */
  sentOn: string | null;
  createdAt: string;
}

/** Notes a parcel to a creator of the group. @throws DomainError `not_found` */
export async function addParcel(tx: Tx, { collaborationId, ...input }: ParcelInput & { collaborationId: string }): Promise<ParcelView> {
  const [row] = await tx.em.execute<{ campaignId: string; creatorId: string }[]>(
    'select campaign_id as "campaignId", creator_id as "creatorId" from collaboration where id = ?',
    [collaborationId],
  );
  if (!row) throw new DomainError('not_found', { entity: 'collaboration' });
  const parcel = tx.em.create(Parcel, {
    id: newId(), workspaceId: tx.workspaceId, createdAt: tx.now, collaborationId, carrier: input.carrier, trackingCode: input.trackingCode,
    trackingUrl: input.trackingUrl ?? null, sentOn: input.sentOn ?? null,
  });
  tx.em.persist(parcel);
  audit(tx, {
    action: 'parcel.added', entity: 'parcel', entityId: parcel.id, campaignId: row.campaignId,
    data: { creatorId: row.creatorId, carrier: input.carrier },
  });
  await tx.em.flush();
  const [view] = (await parcelsOf(tx, [collaborationId])).get(collaborationId)?.filter(({ id }) => id === parcel.id) ?? [];
  return view!;
}

/** The parcels of collaborations, oldest first. */
export async function parcelsOf(tx: Tx, collaborationIds: readonly string[]): Promise<Map<string, ParcelView[]>> {
  const found = new Map<string, ParcelView[]>();
  if (collaborationIds.length === 0) return found;
  const rows = await tx.em.execute<(ParcelView & { collaborationId: string })[]>(
    `select id, collaboration_id as "collaborationId", carrier, tracking_code as "trackingCode", tracking_url as "trackingUrl",
            sent_on::text as "sentOn", created_at as "createdAt"
       from parcel where collaboration_id in (?) order by created_at, id`,
    [[...collaborationIds]],
  );
  for (const { collaborationId, ...row } of rows) {
    const list = found.get(collaborationId) ?? [];
    list.push({ ...row, createdAt: iso(row.createdAt) });
    found.set(collaborationId, list);
  }
  return found;
}
