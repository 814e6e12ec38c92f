import type { FieldProblem } from '@sevenfold/domain/errors';
import { isIP } from 'node:net';
import type { MailboxFault, MailboxProblem } from '@sevenfold/plugin-sdk';
import type { ServerSettings } from './mailbox.entity.js';

/** A server as its owner tells it. */
export interface ServerInput extends ServerSettings {
  /** Left out: the one that is kept, as long as server and user stay the same. */
  password?: string | undefined;
}

export interface MailboxInput {
  address: string;
  name: string | null;
  smtp: ServerInput;
  /** Null: it is only sent from, and answers go to the workspace's own address. */
  imap: (ServerInput & { folder: string }) | null;
}

/** Where mail servers listen. Anything else would let us be used to look for open doors elsewhere. */
const ports: Record<'smtp' | 'imap', readonly number[]> = { smtp: [25, 465, 587, 2525], imap: [143, 993] };

/**
 * What can be said without asking a server.
 * @param privateHosts servers inside our network that the operator has named: at any port, and in the clear if need be
 * @param answersElsewhere whether answers have another way in than the mailbox itself
 */
export function problemsOf({ smtp, imap }: MailboxInput, { privateHosts, answersElsewhere }: { privateHosts: readonly string[]; answersElsewhere: boolean }): FieldProblem[] {
  const fields: FieldProblem[] = [];
  for (const [server, settings] of [['smtp', smtp], ['imap', imap]] as const) {
    if (settings === null || privateHosts.includes(settings.host.toLowerCase())) continue;
    if (isIP(settings.host) === 0 && !/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i.test(settings.host)) {
      fields.push({ path: `${server}.host`, message: 'Use the full name of the mail server, such as mail.example.org' });
    }
    if (!ports[server].includes(settings.port)) fields.push({ path: `${server}.port`, message: `Use one of ${ports[server].join(', ')}` });
    if (settings.security === 'none') fields.push({ path: `${server}.security`, message: 'Use tls or starttls: a password is not sent in the clear over the internet' });
  }
  if (imap === null && !answersElsewhere) {
    fields.push({ path: 'imap', message: 'Tell how the mailbox is read: this installation has no other way for answers to come in (MAIL_REPLY_ADDRESS)' });
  }
  return fields;
}

const paths: Record<MailboxProblem, string> = { credentials: 'password', address: '', certificate: 'host', security: 'security', folder: 'folder', unreachable: 'host', protocol: 'port' };
const words: Record<MailboxProblem, string> = {
  credentials: 'The server refuses this user or password. Many providers want a password made for one application',
  address: 'The server does not let this user send from this address',
  certificate: 'The certificate of the server is for another name, expired, or from nobody who is trusted',
  security: 'The server does not encrypt in this way: tls is for ports 465 and 993, starttls for 587 and 143',
  folder: 'There is no folder of this name in the mailbox',
  unreachable: 'Nothing answers there: check host and port',
  protocol: 'What answers there is no mail server of this kind',
};
const codes: Record<string, string | undefined> = {
  ENOTPUBLIC: 'This leads into a private network. Use a server on the public internet, or have whoever runs this installation name it in MAILBOX_PRIVATE_HOSTS',
  ENOTFOUND: 'There is no such host',
};

/** What a check found, as the field it is about. */
export function fieldOf({ server, problem, detail }: MailboxFault): FieldProblem {
  const path = problem === 'address' ? 'address' : `${server}.${paths[problem]}`;
  return { path, message: codes[detail] ?? `${words[problem]} (${detail})` };
}
