export { checkMailbox, disconnectMailbox, pauseMailbox } from './change-mailbox.js';
export { connectMailbox } from './connect-mailbox.js';
export type { MailboxInput } from './mailbox-fields.js';
export { getMailbox, listMailboxes, type MailboxView } from './mailbox-view.js';
export { MailboxReaders, type MailboxReadersParts } from './reading/mailbox-readers.js';
