import { z } from 'zod';
import type { PluginManifest } from './manifest.js';

const isFunction = (value: unknown): boolean => typeof value === 'function';

// Plugins may bring another copy of zod, so the schema is recognised by what the loader calls, not by its class.
const isSchema = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'safeParse' in value && isFunction(value.safeParse);

const shape = z.object({
  kind: z.enum(['channel', 'social']),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and dashes'),
  name: z.string().min(1),
  sdk: z.string().min(1),
  config: z.custom(isSchema, 'expected a zod schema'),
  capabilities: z.array(z.string()),
  create: z.custom(isFunction, 'expected a function'),
});

/** The problems of a default export that claims to be a manifest; empty when it is one. */
export function manifestProblems(value: unknown): string[] {
  const result = shape.safeParse(value);
  if (result.success) return [];
  return result.error.issues.map((issue) => `${issue.path.join('.') || 'default export'}: ${issue.message}`);
}

/** Narrows after `manifestProblems`. */
export function isManifest(value: unknown): value is PluginManifest {
  return manifestProblems(value).length === 0;
}
