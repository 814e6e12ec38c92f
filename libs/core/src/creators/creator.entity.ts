import { defineEntity, p } from '@mikro-orm/core';
import { instant, localDate, tenantRow } from '../db/columns.js';

/** A creator as one workspace knows them. */
const CreatorSchema = defineEntity({
  name: 'Creator',
  tableName: 'creator',
  properties: {
    ...tenantRow,
    name: p.text(),
    country: p.text().nullable(),
    birthDate: localDate().nullable(),
    languages: p.json<string[]>(),
    timeZone: p.text().nullable(),
    locale: p.text().nullable(),
    /** Joined the network: can be searched and invited. */
    inNetwork: p.boolean().default(true),
    newsletterOptIn: p.boolean().default(false),
    /** They ended the newsletter themselves; only they can take that back. */
    newsletterRefusedAt: instant().nullable(),
    /** Has the app = signed in and not removed it since (D4). */
    appSignedInAt: instant().nullable(),
    appRemovedAt: instant().nullable(),
    updatedAt: instant(),
    /** Nothing personal is left; the row stays for what points to it. */
    erasedAt: instant().nullable(),
  },
  indexes: [{ properties: ['workspaceId', 'name'] }],
});
export class Creator extends CreatorSchema.class {}
CreatorSchema.setClass(Creator);
