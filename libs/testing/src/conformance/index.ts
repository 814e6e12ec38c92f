import { fileURLToPath } from 'node:url';
import { verifyChannel, type CheckResult, type VerifyOptions } from '@sevenfold/plugin-sdk/conformance';

export interface OwnChannel extends Pick<VerifyOptions, 'package' | 'manifest' | 'harness'> {
  /** Where its source begins. */
  entry: URL;
}

/** Runs the conformance kit over the source of one of our channels, unbuilt: what is wrong, and the checks by their results. */
export async function runConformance({ entry, ...channel }: OwnChannel): Promise<{ wrong: string[]; named: (result: CheckResult['result']) => string[] }> {
  const readsTypeScript = fileURLToPath(new URL('../../../../scripts/typescript.js', import.meta.url));
  const { checks } = await verifyChannel({ ...channel, entry: fileURLToPath(entry), execArgv: ['--conditions=source', '--import', readsTypeScript] });
  return {
    wrong: checks.filter(({ result }) => result === 'failed').map(({ name, detail }) => `${name}: ${detail}`),
    named: (wanted) => checks.filter(({ result }) => result === wanted).map(({ name }) => name),
  };
}
