export { setContactPoints } from './contact-points.js';
export { linkPurposes, type LinkPurpose } from './link-purposes.js';
export { linkUrl, mintLink, resolveLink, revokeLink, revokeLinks, type MintLinkInput, type ResolvedLink } from './links.js';
export { mintLinks, type LinkWish } from './mint-links.js';
export { getCreator, listCreators, type CreatorFilter } from './list-creators.js';
export { setProfiles, type ProfileInput } from './profiles.js';
export { eraseCreator } from './erasure/erase-creator.js';
export { changeCreator, createCreator, type ChangeCreatorInput, type CreateCreatorInput } from './save-creator.js';
export { hasAppSql, type ContactPointView, type CreatorView, type ProfileView } from './views.js';
