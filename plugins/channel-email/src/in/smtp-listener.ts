import { createConnection } from 'node:net';
import { hostname } from 'node:os';
import { networkReason, type PluginHealth, type PluginHost, type Receiver, type ReceiverContext } from '@sevenfold/plugin-sdk';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { EmailConfig } from '../config.js';
import { eventsOf } from './events-of.js';
import { isOurs } from './our-addresses.js';
import { collect } from './collect.js';
import { smtpError } from './smtp-error.js';

/** How the greeting begins, by which two of us on one machine know each other. */
const greeting = 'Sevenfold mail in';
/** After a stop, connections in the middle of a mail get this long, in ms. */
const graceMs = 15_000;

/** A door for mail: takes what is for us, and says 250 only after it is kept. What it cannot keep now the sender brings again. */
export async function openSmtpListener(config: EmailConfig, host: PluginHost, context: ReceiverContext, address: { host: string; port: number }): Promise<Receiver> {
  const server = new SMTPServer({
    banner: greeting,
    name: config.MAIL_IN_NAME ?? hostname(),
    size: config.MAIL_IN_MAX_BYTES,
    maxClients: config.MAIL_IN_CONNECTIONS,
    authOptional: true,
    disabledCommands: ['AUTH', ...(config.MAIL_IN_TLS_CERT === undefined ? ['STARTTLS'] : [])],
    ...(config.MAIL_IN_TLS_CERT !== undefined && { cert: config.MAIL_IN_TLS_CERT, key: config.MAIL_IN_TLS_KEY }),
    disableReverseLookup: true,
    logger: false,
    socketTimeout: 60_000,
    closeTimeout: graceMs,
    onConnect: (_session, done) => done(context.signal.aborted ? smtpError(421, '4.3.2 closing, come again') : null),
    onRcptTo: ({ address: recipient }, session, done) => {
      if (session.envelope.rcptTo.length >= 100) return done(smtpError(452, '4.5.3 too many recipients'));
      done(isOurs(config, recipient) ? null : smtpError(550, '5.7.1 not a mailbox here'));
    },
    onData: (stream, session, done) => void take(stream, session).then(() => done(null, '2.0.0 kept'), done),
  });
  const take = async (stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<void> => {
    const source = await collect(stream, config.MAIL_IN_MAX_BYTES);
    const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
    try {
      await context.take(await eventsOf(source, { from, to: envelope.rcptTo.map((each) => each.address) }, config, await host.clock.now()));
    } catch (error) {
      host.logger.warn('mail could not be kept', { code: networkReason(error) });
      throw smtpError(451, '4.3.0 not kept, come again');
    }
  };
  server.on('error', () => undefined); // a connection that broke: its mail was not acknowledged
  server.server.on('connection', (socket: { setNoDelay(on: boolean): void }) => socket.setNoDelay(true));

  let problem: PluginHealth | undefined = { ok: false, detail: 'not listening yet' };
  const opening = keepTrying(context.signal, async () => {
    problem = await listen(server, address);
    return problem === undefined;
  });
  return {
    health: async () => problem ?? { ok: true },
    close: async () => {
      await opening;
      if (problem === undefined) await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** @returns undefined when it listens */
async function listen(server: SMTPServer, { host, port }: { host: string; port: number }): Promise<PluginHealth | undefined> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.server.once('error', reject);
      server.listen(port, host, () => {
        server.server.removeListener('error', reject);
        resolve();
      });
    });
    return undefined;
  } catch (error) {
    const code = networkReason(error);
    if (code === 'EADDRINUSE' && (await isOneOfUs(host, port))) return { ok: true, detail: 'another worker on this machine listens; this one takes over when it ends' };
    return { ok: false, detail: `SMTP in: ${code}` };
  }
}

async function isOneOfUs(host: string, port: number): Promise<boolean> {
  const socket = createConnection({ host: host === '0.0.0.0' || host === '::' ? 'localhost' : host, port });
  const timer = setTimeout(() => socket.destroy(), 2_000);
  try {
    return await new Promise<boolean>((resolve) => {
      socket.once('data', (chunk) => resolve(chunk.toString('latin1').includes(greeting)));
      socket.once('error', () => resolve(false));
      socket.once('close', () => resolve(false));
    });
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

/** Resolves when it was done, or need not be any more. The first attempt is awaited by nobody: a taken port must not keep a worker from starting. */
async function keepTrying(signal: AbortSignal, attempt: () => Promise<boolean>): Promise<void> {
  while (!signal.aborted && !(await attempt())) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, 1_000);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      }, { once: true });
    });
  }
}
