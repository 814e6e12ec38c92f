import { DomainError } from '@sevenfold/domain/errors';
import type { BlobInput } from '@sevenfold/platform/blobs';
import type { Request } from 'express';
import { isMultipart } from '../http/bodies.js';

const plainType = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/;

/** An uploaded file, with its name where the sender gave one. */
export interface Upload extends BlobInput {
  filename: string | undefined;
}

/**
 * The file of an upload: the body itself, or the one file of a form.
 * @param maxBytes of the file alone; the form around it does not count
 * @throws DomainError `malformed_request`, `invalid_fields`, `payload_too_large`
 */
export async function readUpload(request: Request, maxBytes: number): Promise<Upload> {
  const body: unknown = request.body;
  const sent = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const header = request.headers['content-type'];
  const { bytes, contentType, filename } = isMultipart(header)
    ? await fromForm(sent, header ?? '')
    : { bytes: sent, contentType: typeOf(header), filename: nameIn(request) };
  if (bytes.byteLength > maxBytes) throw new DomainError('payload_too_large', { maxBytes });
  if (bytes.byteLength === 0) throw wrongFile('The file is empty');
  return { bytes, contentType, filename };
}

async function fromForm(sent: Buffer, header: string): Promise<Upload> {
  const form = await new Response(new Uint8Array(sent), { headers: { 'content-type': header } }).formData().catch(() => {
    throw new DomainError('malformed_request', {}, 'The form could not be read');
  });
  const [file, ...more] = [...form.values()].filter((value) => typeof value !== 'string');
  if (!file) throw wrongFile('The form holds no file');
  if (more.length > 0) throw wrongFile('Send one file at a time');
  return { bytes: Buffer.from(await file.arrayBuffer()), contentType: typeOf(file.type), filename: file.name };
}

const wrongFile = (message: string) => new DomainError('invalid_fields', { fields: [{ path: 'file', message }] });

/** The type without its parameters; bytes of no known type are just bytes. */
function typeOf(header: string | undefined): string {
  const type = header?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return plainType.test(type) ? type : 'application/octet-stream';
}

/** The name of a file that is the whole body: `?filename=`, or Content-Disposition as downloads have it. */
function nameIn(request: Request): string | undefined {
  const { filename } = request.query;
  if (typeof filename === 'string' && filename !== '') return filename;
  const disposition = request.headers['content-disposition'] ?? '';
  const encoded = /filename\*=UTF-8''([^;\s]+)/i.exec(disposition)?.[1];
  if (encoded === undefined) return /filename="([^"]*)"/i.exec(disposition)?.[1];
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
