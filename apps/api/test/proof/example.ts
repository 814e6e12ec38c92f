import { resolve, type Schema } from './document.js';

/** What an example is made of besides its schema. */
export interface Materials {
  /** An id of this kind (`creators`); throws when there is none. */
  idOf(kind: string): string;
  /** A future moment. */
  future: string;
}

/** What a schema cannot say of a text: by the name of its field. */
export const texts: Record<string, string> = {
  timeZone: 'Europe/Amsterdam', currency: 'EUR', country: 'NL', countries: 'NL', languages: 'en', language: 'en', locale: 'en', platform: 'instagram',
  profile: '@proof', channel: 'email', address: 'proof@people.test', email: 'proof@team.test', key: 'close', ts: '1700000000.000100', from: '09:00', to: '17:00',
  endpoint: 'https://push.test/device', p256dh: 'BIPUL12DLfytvTajnryr2PRdAgXS3HGKiLqndGcJGabyhHheJYlNGCeXl1dn18gSJ1WAkAPIxr4gK0_dQds4yiI', auth: 'FPssNDTKnInHVndSTdbKFw',
  instagramAccountId: '17841400000000000', slackChannelId: 'C0123456789', teamId: 'T0123', userId: 'U0123', chatUrl: 'https://chat.test/mara', documentHash: 'f'.repeat(64),
};

/** The kinds of ids, where a field's name does not say its kind with `Id` behind. */
const kinds: Record<string, string> = {
  screenshotFileId: 'files', assigneeId: 'members', upTo: 'messages', entityId: 'campaigns', assignee: 'members',
};

/** The kind of object a field names: `creatorId` and `creatorIds` name `creators`. */
export const kindOf = (field: string): string => kinds[field] ?? `${field.replace(/(Id)?s?$/, '').replace(/y$/, 'ie')}s`;

/** Whether a text of this schema is, or may be, an id. */
export const isId = (schema: Schema): boolean => resolve(schema).format === 'uuid' || (resolve(schema).anyOf ?? []).some(isId);

/** @param full every field there is; else only what is required */
export function example(given: Schema, materials: Materials, { full = false, field = '' } = {}): unknown {
  const schema = resolve(given);
  if (isId(schema)) return materials.idOf(kindOf(field));
  if (schema.enum) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (first) return example(first, materials, { full, field });
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => full || schema.required?.includes(name))
          .map(([name, each]) => [name, example(each, materials, { full, field: name })]),
      );
    case 'array':
      return schema.items ? [example(schema.items, materials, { full, field })] : [];
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return true;
    default:
      return text(schema, field, materials);
  }
}

function text(schema: Schema, field: string, { future }: Materials): string {
  if (schema.format === 'date-time') return future;
  if (schema.format === 'date') return future.slice(0, 10);
  if (schema.format === 'uri') return 'https://instagram.test/p/1';
  return texts[field] ?? (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test('Proof') ? 'proof' : 'Proof');
}

/** Where in an example ids are: paths like `['creators', 0, 'creatorId']`. */
export function idPaths(given: Schema, value: unknown, path: (string | number)[] = []): (string | number)[][] {
  const schema = resolve(given);
  if (isId(schema)) return [path];
  if (Array.isArray(value)) return value.flatMap((each, at) => idPaths(schema.items ?? {}, each, [...path, at]));
  if (typeof value !== 'object' || value === null) return [];
  const branches = [schema, ...(schema.anyOf ?? schema.oneOf ?? []).map(resolve)];
  return Object.entries(value).flatMap(([name, each]) => {
    const of = branches.find(({ properties }) => properties?.[name])?.properties?.[name];
    return of ? idPaths(of, each, [...path, name]) : [];
  });
}

/** The same value with something else at one place. */
export function withAt(value: unknown, [head, ...rest]: (string | number)[], put: unknown): unknown {
  if (head === undefined) return put;
  if (Array.isArray(value)) return value.map((each: unknown, at) => (at === head ? withAt(each, rest, put) : each));
  const record = typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  return { ...record, [head]: withAt(record[head], rest, put) };
}
