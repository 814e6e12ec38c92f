import { startLineServer } from './line-server.js';

/** An IMAP server that says no more than it must: no UIDNEXT above all. @param uids of the mails in its one folder */
export function startTerseImap(uids: readonly number[]) {
  return startLineServer('* OK terse', (socket) => (line) => {
    const [tag = '', ...words] = line.split(' ');
    const said = answers.find(([command]) => words.join(' ').toUpperCase().startsWith(command))?.[1](uids) ?? [];
    socket.write([...said, `${tag} OK done`, ''].join('\r\n'));
  });
}

const answers: readonly [string, (uids: readonly number[]) => string[]][] = [
  ['CAPABILITY', () => ['* CAPABILITY IMAP4rev1']],
  ['LIST', () => ['* LIST () "/" INBOX']],
  ['EXAMINE', (uids) => ['* FLAGS ()', `* ${uids.length} EXISTS`, '* 0 RECENT', '* OK [UIDVALIDITY 77] valid']],
  ['UID SEARCH', (uids) => [`* SEARCH ${uids.join(' ')}`]],
];
