import type { PluginHealth } from '../health.js';
import type { SendOutcome } from '../outcome.js';
import type { FiguresRequest, PostFigures } from './figures.js';
import type { FoundStory, StoryContext, StoryEvidence, StoryRequest } from './story.js';

/** A profile in the one form it is stored and compared. */
export type NormalisedProfile =
  | { readonly ok: true; readonly platform: string; readonly username: string; readonly url: string }
  | { readonly ok: false; readonly reason: string };

/** A platform creators publish on. */
export interface SocialPlugin {
  /** The platform's id ('instagram'), as campaigns and profiles name it. */
  readonly platform: string;
  readonly label: string;
  /** Metrics it can pull, in the product's words: views, reach, likes, comments, saves, shares. */
  readonly figures: readonly string[];
  /** One attempt; never throws, never repeats the irreversible step. Absent: the platform has no stories. */
  publishStory?(story: StoryRequest, context: StoryContext): Promise<SendOutcome>;
  /** Resolves an unknown story, so that nothing is posted twice. Present whenever `publishStory` is. */
  findStory?(evidence: StoryEvidence, context: { readonly signal: AbortSignal }): Promise<FoundStory>;
  fetchPostFigures(request: FiguresRequest, context: { readonly signal: AbortSignal }): Promise<PostFigures>;
  /** Takes a profile URL, `@name` or a bare username. Pure; never throws. */
  normaliseProfile(urlOrUsername: string): NormalisedProfile;
  health(): Promise<PluginHealth>;
  close(): Promise<void>;
}
