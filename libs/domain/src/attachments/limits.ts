/** How many files a message may carry. */
export const maxAttachments = 10;

/** What all files of one message may weigh together, in bytes: 25 MiB, which is also what one file may. */
export const maxAttachmentBytes = 25 * 1024 * 1024;
