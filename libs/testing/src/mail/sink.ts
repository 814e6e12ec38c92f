import { buffer } from 'node:stream/consumers';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { freePort, until } from '../util/index.js';
import { connectionKey, MailFaults, smtpError } from './faults.js';
import type { AsyncResource } from '../util/async-resource.js';

export interface StoredMail {
  /** The envelope: who it really went to, whatever To: and Cc: say. */
  from: string;
  to: string[];
  raw: Buffer;
  parsed: ParsedMail;
}

export interface MailSinkOptions {
  /** A free one of 127.0.0.1 unless told. */
  port?: number;
  /** Nobody's user and password will do. */
  refuseLogins?: boolean;
}

export interface MailSink extends AsyncResource {
  port: number;
  /** smtp://127.0.0.1:port */
  url: string;
  /** Every mail that arrived, oldest first. */
  mails: StoredMail[];
  /** The mails that went to this envelope recipient. */
  to(address: string): StoredMail[];
  /** Waits for the first mail that fits (10 s unless told). */
  waitFor(fits: (mail: StoredMail) => boolean, options?: { timeoutMs?: number; what?: string }): Promise<StoredMail>;
  faults: MailFaults;
  /** Connections open at this moment. */
  readonly connections: number;
  close(): Promise<void>;
}

/** Starts an SMTP server that keeps every mail in memory, parsed, and fails when told to. Any login is welcome. */
export async function startMailSink(options: MailSinkOptions = {}): Promise<MailSink> {
  const port = options.port ?? (await freePort());
  const mails: StoredMail[] = [];
  const faults = new MailFaults();
  const sockets = new Map<number, Socket>();

  const receive = async (stream: SMTPServerDataStream, session: SMTPServerSession) => {
    const raw = await buffer(stream);
    const fault = faults.take(['data', 'cut', 'hang', 'delay']);
    if (fault?.kind === 'data') throw smtpError(fault.code, fault.message);
    if (fault?.kind === 'delay') await sleep(fault.ms);
    const parsed = await simpleParser(raw);
    const keep = fault?.kind !== 'cut' || fault.keep;
    if (keep) mails.push({ ...envelope(session), raw, parsed });
    if (fault?.kind === 'cut') sockets.get(connectionKey(session))?.destroy();
    if (fault?.kind === 'cut' || fault?.kind === 'hang') await new Promise(() => undefined);
  };

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onAuth: (auth, _session, done) => (options.refuseLogins === true ? done(smtpError(535)) : done(null, { user: auth.username ?? 'anybody' })),
    onConnect: (_session, done) => done(faults.take(['refuse-connections']) ? smtpError(421) : null),
    onRcptTo: ({ address }, _session, done) => {
      const fault = faults.take(['recipient'], (rule) => rule.address === address);
      done(fault ? smtpError(fault.code, fault.message) : null);
    },
    onData: (stream, session, done) => void receive(stream, session).then(() => done(), done),
  });
  server.on('error', () => undefined); // a connection that broke; the sender's side is what is tested
  server.server.on('connection', (socket: Socket) => {
    const key = socket.remotePort ?? 0;
    socket.setNoDelay(true);
    sockets.set(key, socket);
    socket.once('close', () => sockets.delete(key));
  });
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

  const close = () =>
    new Promise<void>((resolve) => {
      server.close(resolve);
      for (const socket of sockets.values()) socket.destroy();
    });
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    mails,
    to: (address) => mails.filter((mail) => mail.to.includes(address)),
    waitFor: (fits, { timeoutMs, what = 'a mail' } = {}) =>
      until(() => mails.find(fits), { what, ...(timeoutMs ? { timeoutMs } : {}) }),
    faults,
    get connections() {
      return sockets.size;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function envelope({ envelope: { mailFrom, rcptTo } }: SMTPServerSession) {
  return { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) };
}
