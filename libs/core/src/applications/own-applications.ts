import { rawInstant } from '../db/raw-instant.js';
import type { Tx } from '../db/tx.js';

/** A creator's own application with what a creator may know of it: never how the team moved it. */
export interface OwnApplication {
  id: string;
  campaignId: string;
  campaignName: string;
  motivation: string | null;
  price: { amountMinor: number; currency: string } | null;
  answers: Record<string, string>;
  createdAt: string;
}

interface Row extends Omit<OwnApplication, 'price'> {
  priceMinor: string | null;
  currency: string | null;
}

/** A creator's own applications, newest first, the last 200. */
export async function ownApplications(tx: Tx, creatorId: string): Promise<OwnApplication[]> {
  const rows = await tx.em.execute<Row[]>(
    `select a.id, a.campaign_id as "campaignId", m.name as "campaignName", a.motivation, a.price_minor as "priceMinor", a.currency,
            a.answers, a.created_at as "createdAt"
       from application a join campaign m on m.id = a.campaign_id
      where a.creator_id = ? order by a.created_at desc, a.id desc limit 200`,
    [creatorId],
  );
  return rows.map(({ priceMinor, currency, ...row }) => ({
    ...row,
    price: priceMinor !== null && currency !== null ? { amountMinor: Number(priceMinor), currency } : null,
    createdAt: rawInstant(row.createdAt).toISOString(),
  }));
}
