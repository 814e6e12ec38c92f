import { createDecipheriv, createECDH, createHmac, createPublicKey, hkdfSync, randomBytes, verify, type ECDH } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A call as the push service saw it, and as the browser read it. */
export interface SeenPush {
  device: string;
  headers: IncomingMessage['headers'];
  /** What the browser shows; null when only the service looked. */
  text: string | null;
  /** Who called, by the signed token: its claims when the signature holds, else null. */
  claims: { aud: string; exp: number; sub: string } | null;
}

/** A browser with a subscription at this service. */
export interface FakeDevice {
  name: string;
  /** As the page hands it to us. */
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } };
}

export interface FakePushService {
  url: string;
  seen: SeenPush[];
  /** What it answers; 201 unless told. */
  answer: (device: string) => { status: number; headers?: Record<string, string> } | 'cut';
  device(name: string): FakeDevice;
  close(): Promise<void>;
}

/**
 * A push service with browsers behind it, which open what they get by RFC 8291 with code of their own.
 * @param tls key and certificate; plain HTTP without
 */
export async function fakePushService(tls?: { key: string; cert: string }): Promise<FakePushService> {
  const devices = new Map<string, { ecdh: ECDH; auth: Buffer }>();
  const seen: SeenPush[] = [];
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const device = request.url?.slice(1) ?? '';
      const keys = devices.get(device);
      seen.push({ device, headers: request.headers, text: keys ? open(Buffer.concat(chunks), keys) : null, claims: claimsOf(request.headers.authorization ?? '') });
      const answer = service.answer(device);
      if (answer === 'cut') return void request.socket.destroy();
      response.writeHead(answer.status, answer.headers).end();
    });
  };
  const server = tls ? createSecureServer(tls, handle) : createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const service: FakePushService = {
    url,
    seen,
    answer: () => ({ status: 201 }),
    device(name) {
      const ecdh = createECDH('prime256v1');
      ecdh.generateKeys();
      const auth = randomBytes(16);
      devices.set(name, { ecdh, auth });
      return { name, subscription: { endpoint: `${url}/${name}`, keys: { p256dh: ecdh.getPublicKey('base64url'), auth: auth.toString('base64url') } } };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return service;
}

/** RFC 8188 and 8291: salt, record size, the sender's key, one record. */
function open(body: Buffer, { ecdh, auth }: { ecdh: ECDH; auth: Buffer }): string {
  const salt = body.subarray(0, 16);
  const keyLength = body.readUInt8(20);
  const senderKey = body.subarray(21, 21 + keyLength);
  const record = body.subarray(21 + keyLength);
  const secret = ecdh.computeSecret(senderKey);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), senderKey]);
  const key = Buffer.from(hkdfSync('sha256', secret, auth, info, 32));
  const pseudo = createHmac('sha256', salt).update(key).digest();
  const expand = (label: string, length: number): Buffer => createHmac('sha256', pseudo).update(Buffer.concat([Buffer.from(label), Buffer.from([1])])).digest().subarray(0, length);
  const decipher = createDecipheriv('aes-128-gcm', expand('Content-Encoding: aes128gcm\0', 16), expand('Content-Encoding: nonce\0', 12));
  decipher.setAuthTag(record.subarray(-16));
  const plain = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  const end = plain.lastIndexOf(2); // the delimiter of the last record, padding behind it
  return plain.subarray(0, end).toString('utf8');
}

/** RFC 8292: `vapid t=<jwt>, k=<public key>`. */
function claimsOf(authorization: string): SeenPush['claims'] {
  const [, header, claims, signature, key] = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(authorization) ?? [];
  if (header === undefined || claims === undefined || signature === undefined || key === undefined) return null;
  const point = Buffer.from(key, 'base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
  const holds = verify('sha256', Buffer.from(`${header}.${claims}`), { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
  return holds ? JSON.parse(Buffer.from(claims, 'base64url').toString()) : null;
}
