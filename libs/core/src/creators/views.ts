import { iso } from '../db/instants.js';

export interface ContactPointView {
  channel: string;
  address: string;
}

export interface ProfileView {
  id: string;
  platform: string;
  username: string;
  url: string;
  followers: number | null;
}

/** A creator as the team sees them. Postal addresses are not here: they have rules of their own (E7). */
export interface CreatorView {
  id: string;
  name: string;
  country: string | null;
  /** YYYY-MM-DD. */
  birthDate: string | null;
  languages: string[];
  timeZone: string | null;
  locale: string | null;
  inNetwork: boolean;
  newsletterOptIn: boolean;
  /** Signed in to the app and has not removed it since. */
  hasApp: boolean;
  contactPoints: ContactPointView[];
  profiles: ProfileView[];
  createdAt: string;
  updatedAt: string;
}

export interface CreatorRow {
  id: string;
  name: string;
  country: string | null;
  birth_date: string | null;
  languages: string[];
  time_zone: string | null;
  locale: string | null;
  in_network: boolean;
  newsletter_opt_in: boolean;
  has_app: boolean;
  contact_points: ContactPointView[];
  profiles: ProfileView[];
  created_at: string;
  updated_at: string;
}

/** Has the app = signed in, and not removed it since (D4). `c` is the creator. */
export const hasAppSql = '(c.app_signed_in_at is not null and (c.app_removed_at is null or c.app_removed_at < c.app_signed_in_at))';

export const creatorColumns = `c.id, c.name, c.country, c.birth_date, c.languages, c.time_zone, c.locale, c.in_network, c.newsletter_opt_in,
  ${hasAppSql} as has_app, c.created_at, c.updated_at,
  coalesce((select jsonb_agg(jsonb_build_object('channel', p.channel, 'address', p.address) order by p.created_at, p.id)
     from contact_point p where p.creator_id = c.id and p.removed_at is null), '[]') as contact_points,
  coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'platform', s.platform, 'username', s.username, 'url', s.url, 'followers', s.followers)
     order by s.created_at, s.id) from creator_profile s where s.creator_id = c.id), '[]') as profiles`;

export function toCreatorView(row: CreatorRow): CreatorView {
  return {
    id: row.id,
    name: row.name,
    country: row.country,
    birthDate: row.birth_date,
    languages: row.languages,
    timeZone: row.time_zone,
    locale: row.locale,
    inNetwork: row.in_network,
    newsletterOptIn: row.newsletter_opt_in,
    hasApp: row.has_app,
    contactPoints: row.contact_points,
    profiles: row.profiles,
    createdAt: iso(row.created_at),
    updatedAt: iso(row.updated_at),
  };
}
