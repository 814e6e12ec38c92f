import type { ChannelManifest } from '../../manifest/manifest.js';
import type { Harness } from '../harness.js';

/** What is verified: one plugin package with its harness. */
export interface Subject {
  readonly package: string;
  /** The file its default export comes from; a process of its own imports it. */
  readonly entry: string;
  readonly manifest: ChannelManifest;
  readonly harness: Harness;
  /** Node's own options for that process. */
  readonly execArgv: readonly string[];
}
