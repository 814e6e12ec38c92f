export { MailFaults, type MailFault } from './faults.js';
export { startImapServer, type ImapServer } from './imap.js';
export { startMaildev, type MaildevOptions } from './maildev.js';
export { startMailSink, type MailSink, type MailSinkOptions, type StoredMail } from './sink.js';
