import type { Actor } from '@sevenfold/domain/actors';
import type { AgreementStatus } from '@sevenfold/domain/agreements';
import type { ApplicationSource, ApplicationStatus } from '@sevenfold/domain/applications';
import { nameActors, type NamedActor } from '../audit/named-actor.js';
import { isClientReviewer } from '../team/visibility.js';
import { rawInstant } from '../db/raw-instant.js';
import type { Tx } from '../db/tx.js';

export interface ProfileView {
  id: string;
  platform: string;
  username: string;
  url: string;
  followers: number | null;
}

/** An application as the team sees it. Instants are UTC, ISO 8601. Client reviewers see no rates. */
export interface ApplicationView {
  id: string;
  campaignId: string;
  creator: { id: string; name: string };
  status: ApplicationStatus;
  source: ApplicationSource;
  byHand: { reason: string; by: NamedActor } | null;
  motivation: string | null;
  price: { amountMinor: number; currency: string } | null;
  answers: Record<string, string>;
  profiles: ProfileView[];
  createdAt: string;
  moved: { at: string; by: NamedActor } | null;
  /** The newest agreement; `droppedOut` marks a refusal after signing. */
  agreement: { id: string; status: AgreementStatus; droppedOut: boolean } | null;
}

export interface ApplicationRow {
  id: string;
  campaignId: string;
  creatorId: string;
  creatorName: string;
  status: ApplicationStatus;
  source: ApplicationSource;
  byHandReason: string | null;
  byHandBy: Actor | null;
  motivation: string | null;
  priceMinor: string | null;
  currency: string | null;
  answers: Record<string, string>;
  profiles: ProfileView[];
  createdAt: string;
  movedAt: string | null;
  movedBy: Actor | null;
  agreementId: string | null;
  agreementStatus: AgreementStatus | null;
  droppedOut: boolean | null;
}

/** Everything an {@link ApplicationRow} has; add `where`, `order by`, `limit`. */
export const selectApplications = `
  select a.id, a.campaign_id as "campaignId", a.creator_id as "creatorId", c.name as "creatorName", a.status, a.source,
         a.by_hand_reason as "byHandReason", a.by_hand_by as "byHandBy", a.motivation, a.price_minor as "priceMinor", a.currency,
         a.answers, a.created_at as "createdAt", a.moved_at as "movedAt", a.moved_by as "movedBy",
         g.id as "agreementId", g.status as "agreementStatus", g.dropped_out as "droppedOut",
         coalesce((select json_agg(json_build_object('id', p.id, 'platform', p.platform, 'username', p.username, 'url', p.url,
                     'followers', p.followers) order by p.platform, p.username)
            from creator_profile p where p.creator_id = a.creator_id and a.profile_ids @> to_jsonb(p.id::text)), '[]') as profiles
    from application a
    join creator c on c.id = a.creator_id
    left join lateral (select id, status, dropped_out from agreement
                        where application_id = a.id order by sent_at desc, id desc limit 1) g on true`;

/** Shapes rows for the actor who asks. */
export async function presentApplications(tx: Tx, rows: readonly ApplicationRow[]): Promise<(row: ApplicationRow) => ApplicationView> {
  const nameOf = await nameActors(tx, rows.flatMap((row) => [row.byHandBy, row.movedBy]));
  const rates = !isClientReviewer(tx.actor);
  return (row) => {
    const handBy = nameOf(row.byHandBy);
    const movedBy = nameOf(row.movedBy);
    return {
      id: row.id,
      campaignId: row.campaignId,
      creator: { id: row.creatorId, name: row.creatorName },
      status: row.status,
      source: row.source,
      byHand: row.byHandReason !== null && handBy ? { reason: row.byHandReason, by: handBy } : null,
      motivation: row.motivation,
      price: rates && row.priceMinor !== null && row.currency !== null ? { amountMinor: Number(row.priceMinor), currency: row.currency } : null,
      answers: row.answers,
      profiles: row.profiles,
      createdAt: rawInstant(row.createdAt).toISOString(),
      moved: row.movedAt !== null && movedBy ? { at: rawInstant(row.movedAt).toISOString(), by: movedBy } : null,
      agreement:
        row.agreementId !== null && row.agreementStatus !== null
          ? { id: row.agreementId, status: row.agreementStatus, droppedOut: row.droppedOut ?? false }
          : null,
    };
  };
}
