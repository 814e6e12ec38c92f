import { definitions } from './definitions.js';
import { shapes } from './loaders.js';
import type { Variable } from './variable.js';

/** A line of the documentation of the configuration. */
export interface VariableReference {
  name: string;
  description: string;
  /** Taken when it is not set. */
  fallback?: string;
  secret: boolean;
  /** The processes that read it, and whether they start without it. */
  usedBy: { process: string; required: boolean }[];
}

/** All variables in the order of the documentation. */
export const variables: readonly VariableReference[] = Object.values<Variable>(definitions).map((variable) => ({
  name: variable.name,
  description: variable.schema.meta()?.description ?? '',
  fallback: variable.fallback,
  secret: variable.secret ?? false,
  usedBy: Object.entries(shapes).flatMap(([process, shape]) =>
    Object.values<Variable>(shape)
      .filter((used) => used.name === variable.name)
      .map((used) => ({ process, required: used.fallback === undefined && !used.optional })),
  ),
}));
