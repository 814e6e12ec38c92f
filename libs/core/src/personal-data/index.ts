export { addressPlace, postalAddressSchema, type PostalAddress } from './address.js';
export {
  deleteCreatorAddress, listCreatorAddresses, putCreatorAddress, visibleAddresses, type CreatorAddressView,
} from './creator-addresses.js';
export { enteredAt, enterForCampaign, ownEntry } from './enter-for-campaign.js';
export { addressesSheet } from './addresses-sheet.js';
export { rotateKeys } from './rotate-keys.js';
export { openEntriesOfGroup } from './open-entries.js';
export { openJson, sealJson, type KeyOwner } from './vault.js';
