export { expressInterest, type InterestInput, type InterestOutcome, type InterestVia } from './express-interest.js';
export { maxInviteText } from './invite-texts.js';
export { getInvite, listInvites, type InviteView } from './list-invites.js';
export { onInboundForInvite, type InboundForInvite } from './on-inbound.js';
export { ownInvite, ownInvites, type OwnInvite } from './own-invite.js';
export { previewInvite, type InvitePreview } from './preview-invite.js';
export { searchNetwork, type NetworkCreator, type NetworkFilter } from './search-network.js';
export { sendInvites, type InviteOutcome, type SendInvitesInput } from './send-invites.js';
