import { type MailboxFault, type MailboxProblem, networkReason } from '@sevenfold/plugin-sdk';

const certificate = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)/;
const security = /^(?:ERR_SSL|ERR_TLS|EPROTO$|ETLS$|UPGRADE_TIMEOUT$)/;
/** The server does not know how to sign in at all, which says nothing about user and password. */
const noSuchCommand = new Set([500, 502, 503, 504]);
/** What servers say instead of "wrong" when it is they who cannot tell now. */
const notNow = new Set(['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG']);

/** What an error says of the mailbox's server. Never a word of what the server wrote: it may be a machine nobody should look into. */
export function faultOf(server: MailboxFault['server'], error: unknown): MailboxFault {
  const { code, reply, command, refused, noTls, missing } = read(error);
  const fault = (problem: MailboxProblem): MailboxFault => ({ server, problem, detail: reply === undefined ? networkReason({ code }) : `SMTP ${reply}` });
  if (refused) return fault('credentials');
  if (code === 'EAUTH' && reply !== undefined) return fault(noSuchCommand.has(reply) ? 'protocol' : reply >= 500 ? 'credentials' : 'unreachable');
  if (command === 'MAIL FROM' && reply !== undefined && reply >= 500) return fault('address');
  if (missing) return fault('folder');
  if (certificate.test(code)) return fault('certificate');
  if (noTls || security.test(code) || command === 'STARTTLS') return fault('security');
  return fault(code === 'EPROTOCOL' ? 'protocol' : 'unreachable');
}

/** Whether waiting does not mend it. */
export const lasts = ({ problem }: MailboxFault): boolean => problem !== 'unreachable' && problem !== 'protocol';

function read(error: unknown) {
  const fields: Record<string, unknown> = typeof error === 'object' && error !== null ? { ...error } : {};
  const word = (key: string): string => {
    const value = fields[key];
    return typeof value === 'string' ? value : '';
  };
  return {
    code: word('originalCode') || word('code'),
    reply: typeof fields['responseCode'] === 'number' ? fields['responseCode'] : undefined,
    command: word('command'),
    refused: fields['authenticationFailed'] === true && !notNow.has(word('serverResponseCode')),
    noTls: fields['tlsFailed'] === true,
    missing: fields['mailboxMissing'] === true,
  };
}
