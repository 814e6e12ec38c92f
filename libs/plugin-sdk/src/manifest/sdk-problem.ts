import semver from 'semver';
import { SDK_VERSION } from '../version.js';

/** Why a plugin made for these versions of the SDK does not fit this one; undefined when it does. */
export function sdkProblem(range: string): string | undefined {
  if (semver.validRange(range) === null) return `sdk: "${range}" is not a semver range`;
  if (semver.satisfies(SDK_VERSION, range)) return undefined;
  return `needs plugin SDK ${range}, this is ${SDK_VERSION}`;
}
