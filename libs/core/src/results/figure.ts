/** One figure of a post and where it came from. `source` is a plugin's platform, or who typed it. */
export interface Figure {
  value: number;
  source: { kind: 'platform'; platform: string } | { kind: 'creator' } | { kind: 'team'; memberId: string };
  /** UTC instant, ISO 8601. */
  at: string;
}
