import { DomainError } from '@sevenfold/domain/errors';
import type { BlobInput } from '@sevenfold/platform/blobs';
import type { Request } from 'express';
import { isMultipart } from '../http/bodies.js';

const plainType = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/;

/**
 * The file of an upload: the body itself, or the one file of a form.
 * @param maxBytes of the file alone; the form around it does not count
 * @throws DomainError `malformed_request`, `invalid_fields`, `payload_too_large`
 */
export async function readUpload(request: Request, maxBytes: number): Promise<BlobInput> {
  const body: unknown = request.body;
  const sent = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const header = request.headers['content-type'];
  const { bytes, contentType } = isMultipart(header) ? await fromForm(sent, header ?? '') : { bytes: sent, contentType: typeOf(header) };
  if (bytes.byteLength > maxBytes) throw new DomainError('payload_too_large', { maxBytes });
  if (bytes.byteLength === 0) throw wrongFile('The file is empty');
  return { bytes, contentType };
}

async function fromForm(sent: Buffer, header: string): Promise<BlobInput> {
  const form = await new Response(new Uint8Array(sent), { headers: { 'content-type': header } }).formData().catch(() => {
    throw new DomainError('malformed_request', {}, 'The form could not be read');
  });
  const [file, ...more] = [...form.values()].filter((value) => typeof value !== 'string');
  if (!file) throw wrongFile('The form holds no file');
  if (more.length > 0) throw wrongFile('Send one file at a time');
  return { bytes: Buffer.from(await file.arrayBuffer()), contentType: typeOf(file.type) };
}

const wrongFile = (message: string) => new DomainError('invalid_fields', { fields: [{ path: 'file', message }] });

/** The type without its parameters; bytes of no known type are just bytes. */
function typeOf(header: string | undefined): string {
  const type = header?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return plainType.test(type) ? type : 'application/octet-stream';
}
