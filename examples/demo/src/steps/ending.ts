import type { Stage } from '../stage.ts';
import { eventually } from '../telling/eventually.ts';
import { table } from '../telling/table.ts';

export interface SentMessage {
  id: string;
  creator: { id: string; name: string };
  direction: 'in' | 'out';
  kind: string;
  channel: string | null;
  status: string;
}

/** States nobody has to wait for any more. */
const settled = ['sent', 'delivered', 'read', 'failed', 'unknown'];

/** Who got which message over which channel, and how far it came. */
export async function ending(stage: Stage): Promise<void> {
  const { voice, checks, team: { mia }, campaignId } = stage;
  const read = async () => (await mia.api.all<SentMessage>(`/v1/campaigns/${campaignId}/messages`)).filter(({ direction }) => direction === 'out');
  const messages = await eventually(read, (all) => all.every(({ status }) => settled.includes(status)));
  voice.chapter('Who got what', `${messages.length} messages of this campaign`);
  voice.plain(table(['creator', 'channel', 'messages, oldest first'], rows(stage, messages)));
  const lost = messages.filter(({ status }) => !['sent', 'delivered', 'read'].includes(status));
  checks.that(lost.length === 0, 'every message has left', lost.map(({ creator, kind, status }) => `${creator.name} ${kind} ${status}`));
  const astray = messages.filter(({ creator, channel }) => channel !== expected(stage, creator.id));
  checks.that(astray.length === 0, 'each over the channel it should take: the app, else e-mail, else SMS', astray);
}

function rows({ creators }: Stage, messages: readonly SentMessage[]): string[][] {
  return creators.flatMap(({ id, name, reach }) => {
    const own = messages.filter(({ creator }) => creator.id === id).reverse();
    if (own.length === 0) return [];
    return [[name, reach, own.map(({ kind, status }) => `${kind} ${marks[status] ?? status}`).join(' · ')]];
  });
}

const marks: Record<string, string> = { sent: '✓', delivered: '✓✓', read: '✓✓ (read)', failed: '✗', unknown: '?' };

function expected({ creators }: Stage, id: string): string {
  const reach = creators.find((each) => each.id === id)?.reach;
  return reach === 'app' ? 'in-app' : reach === 'e-mail' ? 'email' : 'sms';
}
