import { configProblems } from '../manifest/config-problems.js';
import { isManifest, manifestProblems } from '../manifest/manifest-schema.js';
import type { PluginManifest } from '../manifest/manifest.js';
import { sdkProblem } from '../manifest/sdk-problem.js';
import { importPackage, NotInstalled } from './import-package.js';

/** A package whose manifest and configuration are fine, ready to be created; or all reasons why it is not. */
export type CheckedPackage =
  | { readonly package: string; readonly manifest: PluginManifest; readonly config: unknown }
  | { readonly package: string; readonly reasons: readonly string[] };

/** Imports and checks one package; creates nothing. */
export async function checkPackage(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  resolveFrom: string,
): Promise<CheckedPackage> {
  const refuse = (...reasons: string[]): CheckedPackage => ({ package: name, reasons });
  let module: unknown;
  try {
    module = await importPackage(name, resolveFrom);
  } catch (error) {
    if (error instanceof NotInstalled) return refuse('not installed');
    return refuse(`fails while loading (${error instanceof Error ? error.message : 'unknown error'})`);
  }
  if (typeof module !== 'object' || module === null || !('default' in module)) return refuse('has no default export');
  const manifest = module.default;
  if (!isManifest(manifest)) return refuse(...manifestProblems(manifest).map((p) => `manifest: ${p}`));

  const reasons = [sdkProblem(manifest.sdk)].filter((reason) => reason !== undefined);
  const config = manifest.config.safeParse(setVariables(env));
  if (!config.success) {
    // Only path and message: zod's own text never quotes the value, which may be a secret.
    reasons.push(...configProblems(manifest.config, config.error).map(({ path, message, help }) => `${path}: ${message}${help === undefined ? '' : ` (${help})`}`));
    return refuse(...reasons);
  }
  return reasons.length > 0 ? refuse(...reasons) : { package: name, manifest, config: config.data };
}

// `FOO=` in a shell or compose file means "not set".
const setVariables = (env: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== ''));
