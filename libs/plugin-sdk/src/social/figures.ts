/** Which post's figures are wanted. */
export interface FiguresRequest {
  readonly postUrl: string;
  /** The creator's username, where the platform can only look posts up by account. */
  readonly username?: string;
  /** The creator's connected account, which opens figures only its owner may read. */
  readonly accountId?: string;
  readonly accessToken?: string;
  /** The account that looks up public posts of others; the plugin's configured one when it has no token. */
  readonly lookUpBy?: { readonly accountId: string; readonly accessToken?: string };
  /** The wanted metrics; all the plugin can pull when absent. */
  readonly metrics?: readonly string[];
}

/** Why a figure could not be pulled; the creator is asked for those. */
export type FigureGap =
  /** The platform gives it only to the connected owner of the post. */
  | 'needs_creator_access'
  /** The address leads to no post the platform shows us. */
  | 'post_not_found'
  /** This plugin, or this kind of post, has no such figure. */
  | 'not_offered'
  /** The platform did not answer, or refused for now: try again later. */
  | 'unavailable';

/** What could be pulled, and for every other wanted metric why not. Never throws. */
export interface PostFigures {
  readonly figures: Record<string, number>;
  readonly missing: Record<string, FigureGap>;
  /** When, on the host clock. */
  readonly fetchedAt: Date;
}
