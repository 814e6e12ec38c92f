export { changeMember, type ChangeMemberInput } from './change-member.js';
export { createToken, type CreateTokenInput, type TokenGiver } from './create-token.js';
export { inviteMember, type InviteMemberInput } from './invite-member.js';
export { getMember, listMembers } from './list-members.js';
export { listTokens, revokeToken } from './list-tokens.js';
export { removeMember } from './remove-member.js';
export { resolveApiToken, resolveSlackMember, type SignedInMember, type SignedInToken } from './resolve-credential.js';
export type { MemberView, TokenView } from './views.js';
export { assertCampaignVisible, isClientReviewer, visibleCampaigns } from './visibility.js';
