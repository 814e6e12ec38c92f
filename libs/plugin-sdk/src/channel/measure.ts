/** What a text costs on a channel that is charged by the piece. */
export interface TextMeasure {
  /** How many messages the provider makes of it and charges for. */
  readonly segments: number;
  /** The alphabet it needs ('GSM-7', 'UCS-2'). */
  readonly encoding: string;
  /** Units used, in that alphabet. */
  readonly units: number;
  /** Units left in the last piece. */
  readonly left: number;
}
