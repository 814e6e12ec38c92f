import { DomainError } from '@sevenfold/domain/errors';

/** What a form sent: one text per field. */
export function formOf(body: unknown): Record<string, string> {
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value.trim()] as const] : [])),
  );
}

/** A form with a file among its fields, as bytes. An empty file is none. */
export async function multipartOf(body: unknown, contentType: string): Promise<{ values: Record<string, string>; file: File | null }> {
  const bytes = Buffer.isBuffer(body) ? new Uint8Array(body) : new Uint8Array();
  const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData().catch(() => {
    throw new DomainError('malformed_request', {}, 'The form could not be read');
  });
  const entries = [...form.entries()];
  const values = Object.fromEntries(entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value.trim()] as const] : [])));
  const file = entries.map(([, value]) => value).find((value) => typeof value !== 'string' && value.size > 0);
  return { values, file: file instanceof File ? file : null };
}

/** The fields of an `invalid_fields` refusal by path. */
export function fieldsOf(details: Record<string, unknown>): { path: string; message: string }[] {
  const fields: unknown[] = Array.isArray(details['fields']) ? details['fields'] : [];
  return fields.flatMap((field) =>
    typeof field === 'object' && field !== null && 'path' in field && 'message' in field
      ? [{ path: String(field.path), message: String(field.message) }]
      : [],
  );
}
