export { contentTypeOf, isShownInline } from './content-type.js';
export { contentDisposition, safeFilename } from './filename.js';
export { maxAttachmentBytes, maxAttachments } from './limits.js';
