export { sendGroupMessage, type GroupMessageInput } from './group-message.js';
export {
  getCollaboration, listCollaborations, type CollaborationDetail, type CollaborationView,
} from './list-collaborations.js';
export { ownCollaborations, type OwnCollaboration } from './own-collaborations.js';
export { addParcel, parcelSchema, type ParcelInput, type ParcelView } from './parcels.js';
