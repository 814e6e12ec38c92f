/** A post as its address names it. */
export interface PostAddress {
  readonly shortcode: string;
  readonly username: string | undefined;
}

const POST_PATH = /^\/(?:([A-Za-z0-9._]{1,30})\/)?(?:p|reel|reels|tv)\/([A-Za-z0-9_-]{5,40})\/?$/;

/** Reads `instagram.com/p/…`, `/reel/…` and `/name/p/…`; undefined for anything else, stories included. */
export function parsePostUrl(value: string): PostAddress | undefined {
  const url = URL.parse(value.includes('://') ? value : `https://${value}`);
  if (url === null || !/(^|\.)(instagram\.com|instagr\.am)$/.test(url.hostname)) return undefined;
  const match = POST_PATH.exec(url.pathname);
  return match?.[2] === undefined ? undefined : { shortcode: match[2], username: match[1]?.toLowerCase() };
}
