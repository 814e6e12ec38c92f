export { fillSavedReply, type FilledReply } from './fill-saved-reply.js';
export {
  changeSavedReply, createSavedReply, getSavedReply, listSavedReplies, removeSavedReply, type SavedReplyInput, type SavedReplyView,
} from './saved-replies.js';
