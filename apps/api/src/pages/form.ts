/** What a form sent: one text per field. */
export function formOf(body: unknown): Record<string, string> {
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value.trim()] as const] : [])),
  );
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
