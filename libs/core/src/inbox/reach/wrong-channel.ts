import type { FieldProblem } from '@sevenfold/domain/errors';
import type { Services } from '../../db/tx.js';

/** The field `path` when it names a channel that is not configured, with those there are. */
export function wrongChannel(services: Pick<Services, 'plugins'>, path: string, channel: string | null | undefined): FieldProblem[] {
  if (channel == null || services.plugins.channel(channel)) return [];
  return [{ path, message: `There is no such channel; there are: ${services.plugins.channels.map((each) => each.channel).join(', ')}` }];
}
