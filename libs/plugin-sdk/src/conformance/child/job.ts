import type { OutboundMessage } from '../../channel/message.js';

/** What the kit asks of the process in which a plugin stands alone. */
export type Job =
  | { readonly do: 'create'; readonly entry: string; readonly env: Record<string, string>; readonly publicUrl: string }
  | { readonly do: 'send'; readonly message: OutboundMessage }
  | { readonly do: 'close' };

/** Its answer. */
export interface Done {
  readonly done: Job['do'];
  /** The name of what was thrown. */
  readonly threw?: string;
  /** After closing: what would still keep a process from ending. */
  readonly holds?: readonly string[];
}
