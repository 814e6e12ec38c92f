import { tokenScopes } from '@sevenfold/domain/roles';
import { z } from 'zod';
import { instant, name } from '../http/fields.js';

export const tokenSchema = z
  .object({
    id: z.uuid(),
    memberId: z.uuid(),
    name: z.string(),
    scopes: z.array(z.enum(tokenScopes)),
    createdAt: instant,
    lastUsedAt: instant.nullable(),
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'Token', description: 'Acts as its member: never more than that member’s role, narrowed by its scopes' });

export const createdTokenSchema = tokenSchema
  .extend({ token: z.string().meta({ description: 'The token itself. Shown this once' }) })
  .meta({ id: 'CreatedToken' });

export const createTokenSchema = z
  .strictObject({
    name,
    scopes: z.array(z.enum(tokenScopes)).min(1),
    memberId: z.uuid().optional().meta({ description: 'Whose token it is; one’s own unless told' }),
  })
  .meta({ id: 'CreateToken' });
export type CreateToken = z.infer<typeof createTokenSchema>;
