import { once } from 'node:events';
import type { Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { startLineServer } from './line-server.js';

/** A mail the sink took, parsed, with its envelope and its source. */
export interface ReceivedMail {
  readonly parsed: ParsedMail;
  readonly raw: string;
  readonly from: string;
  readonly to: string[];
}

/** What the sink answers at each step; undefined lets it pass. */
export interface Faults {
  rcpt?: (address: string) => string | undefined;
  data?: (raw: string) => string | undefined;
}

/** A real SMTP server on a free port that keeps what it takes and refuses what it is told to. */
export async function startSmtpSink(faults: Faults = {}, options: SMTPServerOptions = {}) {
  const mails: ReceivedMail[] = [];
  const refusal = (reply: string): Error => Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (address, _session, done) => {
      const reply = faults.rcpt?.(address.address);
      done(reply === undefined ? null : refusal(reply));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const source = Buffer.concat(chunks);
        const reply = faults.data?.(source.toString());
        if (reply !== undefined) return done(refusal(reply));
        simpleParser(source).then((parsed) => {
          const { mailFrom, rcptTo } = session.envelope;
          mails.push({ parsed, raw: source.toString(), from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map((r) => r.address) });
          done();
        }, done);
      });
    },
    ...options,
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { mails, port: address.port, close: () => new Promise<void>((resolve) => server.close(resolve)) };
}

/** A server that says what it is told to, line by line, and hangs up when told to. */
export function startScripted(onLine: (line: string, socket: Socket, inData: boolean) => string | 'cut' | undefined) {
  return startLineServer('220 scripted', (socket) => {
    let inData = false;
    return (line) => {
      const answer = onLine(line, socket, inData);
      if (answer === 'cut') return void socket.destroy();
      if (answer !== undefined) socket.write(`${answer}\r\n`);
      if (answer?.startsWith('354')) inData = true;
      if (line === '.') inData = false;
    };
  });
}
