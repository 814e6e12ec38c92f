import { z } from 'zod';
import { email, instant } from '../http/fields.js';

const server = {
  host: z.string().trim().min(1).max(253).meta({ description: 'The full name of the mail server, such as mail.example.org; its certificate must be for it' }),
  port: z.int().min(1).max(65_535),
  security: z.enum(['tls', 'starttls', 'none']).meta({ description: '`tls`: from the first byte (ports 465, 993). `starttls`: before anything is said, or not at all (587, 143). `none` only inside the installation’s own network' }),
  user: z.string().min(1).max(320),
};
const folder = z.string().min(1).max(200);
const password = z.string().min(1).max(1_000).optional().meta({ description: 'Never shown again. Left out it stays, as long as server and user do', writeOnly: true });

export const connectMailboxSchema = z
  .strictObject({
    address: email.meta({ description: 'Who what you write comes from' }),
    name: z.string().trim().min(1).max(200).nullable().default(null).meta({ description: 'Your name, as creators see it' }),
    smtp: z.strictObject({ ...server, password }),
    imap: z
      .strictObject({ ...server, password, folder: folder.default('INBOX') })
      .nullable()
      .meta({ description: 'How it is read; the password may be left out where it is that of `smtp`. Null: it is only sent from, and answers go to the workspace’s own address' }),
  })
  .meta({ id: 'ConnectMailbox' });
export type ConnectMailbox = z.infer<typeof connectMailboxSchema>;

const trouble = z
  .object({
    problem: z.enum(['credentials', 'address', 'certificate', 'security', 'folder', 'unreachable', 'protocol']),
    detail: z.string(),
    since: instant,
    at: instant.meta({ description: 'When it was met last' }),
  })
  .nullable();

export const mailboxSchema = z
  .object({
    id: z.uuid(),
    member: z.object({ id: z.uuid(), name: z.string() }),
    channel: z.string(),
    address: z.string(),
    name: z.string().nullable(),
    smtp: z.object(server),
    imap: z.object({ ...server, folder }).nullable(),
    status: z.enum(['connected', 'paused', 'trouble']),
    smtpTrouble: trouble.meta({ description: 'Why it is not sent from: until it is put right, what its member writes leaves from the workspace’s own address' }),
    imapTrouble: trouble.meta({ description: 'Why it is not read' }),
    readAt: instant.nullable().meta({ description: 'When all there was had been read' }),
    version: z.int(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Mailbox', description: 'A member’s own mailbox, without its passwords' });
export const mailboxesSchema = z.object({ data: z.array(mailboxSchema) }).meta({ id: 'Mailboxes' });
