import { once } from 'node:events';
import { type Attempt, defineHarness, type FakeProvider, type Incoming, type ProviderAnswer, type ProviderKit } from '@sevenfold/plugin-sdk/conformance';
import { createTransport } from 'nodemailer';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

const PASSWORD = 'p4ss-word-of-the-mail-server';

/** What sevenfold-verify must know of e-mail: a mail server that asks for a password. */
export default defineHarness({
  provider: startMailServer,
  env: ({ host, port, timeoutMs, doorPort }) => ({
    SMTP_URL: `smtp://sevenfold:${PASSWORD}@${host}:${port}`,
    MAIL_FROM: 'Sevenfold <hello@sevenfold.example>',
    SMTP_CONNECTIONS: '6',
    SMTP_TIMEOUT_MS: String(timeoutMs),
    MAIL_IN_LISTEN: `${host}:${doorPort}`,
  }),
  secrets: ['SMTP_URL'],
  addresses: {
    good: [{ typed: '  Ada.Lovelace@EXAMPLE.com ', normalised: 'Ada.Lovelace@example.com' }, { typed: 'zoë@müller.example', normalised: 'zoë@xn--mller-kva.example' }],
    bad: ['ada', 'ada@', '@example.com', 'ada@example.com, bob@example.com', 'Ada <ada@example.com>', '+31612345678'],
  },
  message: { subject: 'Your campaign', html: '<p>Seven days, one campaign.</p>' },
  lacks: {
    'opted-out': 'a mail server refuses an address, it does not say why',
    'retry-after': 'SMTP says "later", never when',
    nonsense: 'every reply that begins with 2 is a yes',
  },
});

async function startMailServer(kit: ProviderKit): Promise<FakeProvider> {
  const refused = async (seen: Pick<Attempt, 'to'>): Promise<Error | null> => {
    const refusal = refusalOf(kit.answer);
    if (refusal !== null) await kit.attempt({ ...seen, text: '', taken: false });
    return refusal;
  };
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    closeTimeout: 200,
    onAuth: ({ username, password }, _session, done) => {
      if (kit.answer.as !== 'wrong-credentials' && username === 'sevenfold' && password === PASSWORD) return done(null, { user: 'sevenfold' });
      void refused({ to: '' }).then((refusal) => done(refusal ?? reply(535, 'not authorised')));
    },
    onRcptTo: ({ address }, _session, done) => {
      // A server says "no" to a recipient here and "later" when it has seen the message.
      if (kit.answer.as !== 'reject') return done();
      void refused({ to: address }).then((refusal) => done(refusal));
    },
    onData: (stream, { envelope }, done) => {
      const [to] = envelope.rcptTo;
      void take(stream, to?.address ?? '', kit).then(done, done);
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, deliver: (incoming) => deliver(incoming, kit.doorPort), close: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

async function take(stream: SMTPServerDataStream, to: string, kit: ProviderKit): Promise<Error | null> {
  const mail = await PostalMime.parse(Buffer.concat(await stream.toArray()));
  const refusal = refusalOf(kit.answer);
  await kit.attempt({
    to,
    text: mail.text ?? '',
    taken: refusal === null,
    ...(refusal === null && { providerId: mail.messageId }),
    subject: mail.subject,
    html: mail.html,
    attachments: mail.attachments.map(({ mimeType, content }) => ({
      contentType: mimeType,
      content: typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content),
    })),
  });
  return refusal;
}

function refusalOf(answer: ProviderAnswer): Error | null {
  switch (answer.as) {
    case 'reject':
      return reply(550, `5.1.1 ${answer.detail}`);
    case 'rate-limit':
      return reply(450, `4.7.1 ${answer.detail}`);
    case 'unavailable':
      return reply(451, `4.3.0 ${answer.detail}`);
    case 'wrong-credentials':
      return reply(535, `5.7.8 ${answer.detail}`);
    default:
      return null;
  }
}

/** As another mail server brings it: it forgets what was answered with a 2xx and keeps everything else. */
async function deliver({ id, from, to, text, at }: Incoming, port: number): Promise<boolean> {
  const door = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
  const mail = { from, to, text, subject: 'Re: Your campaign', messageId: `<${id}@example.com>`, date: at };
  return door.sendMail(mail).then(() => true, () => false);
}

const reply = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode });
