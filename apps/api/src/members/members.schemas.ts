import { roles } from '@sevenfold/domain/roles';
import { z } from 'zod';
import { email, instant, name } from '../http/fields.js';
import { pageQuery, queryFlag } from '../http/page-query.js';

const slack = z.strictObject({
  teamId: z.string().regex(/^[A-Z0-9]{2,40}$/, 'Use the id of the Slack workspace, such as T0123456789'),
  userId: z.string().regex(/^[A-Z0-9]{2,40}$/, 'Use the id of the Slack user, such as U0123456789'),
});
const clientId = z.uuid().nullable().meta({ description: 'For client reviewers: the one client whose campaigns they see' });

export const memberSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    clientId,
    slack: slack.nullable().meta({ description: 'The Slack user who acts as this member' }),
    createdAt: instant,
    removedAt: instant.nullable(),
  })
  .meta({ id: 'Member', description: 'A person of the team' });

export const inviteMemberSchema = z
  .strictObject({ name, email, role: z.enum(roles), clientId: clientId.optional() })
  .meta({ id: 'InviteMember' });
export type InviteMember = z.infer<typeof inviteMemberSchema>;

export const changeMemberSchema = z
  .strictObject({ name, role: z.enum(roles), clientId, slack: slack.nullable() })
  .partial()
  .meta({ id: 'ChangeMember' });
export type ChangeMember = z.infer<typeof changeMemberSchema>;

export const memberQuery = pageQuery.extend({ removed: queryFlag.optional() });
export type MemberQuery = z.infer<typeof memberQuery>;
