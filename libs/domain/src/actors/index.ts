import type { Role } from '../roles/roles.js';

/** Through which door somebody acted. */
export type MemberDoor = 'api' | 'slack' | 'console';

/** Who acts: a member of the team, a creator, or the product itself. */
export type Actor =
  | { kind: 'member'; memberId: string; role: Role; clientId?: string | null; via: MemberDoor; tokenId?: string }
  | { kind: 'creator'; creatorId: string; via: 'api' | 'link' | 'app' | 'sms' | 'email' }
  | { kind: 'system'; via: 'engine' | 'setup' };
