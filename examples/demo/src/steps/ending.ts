import { hasLeft, isSettled, readMessages, type SentMessage } from '../reading/messages.ts';
import type { Stage } from '../stage.ts';
import { eventually } from '../telling/eventually.ts';
import { table } from '../telling/table.ts';

/** What each reach of the cast is called as a channel. */
const channelOf = { app: 'in-app', 'e-mail': 'email', SMS: 'sms' } as const;
const marks: Record<string, string> = { sent: '✓', delivered: '✓✓', read: '✓✓ read', failed: '✗', unknown: '?' };

/** Who got which message over which channel, and how far it came. */
export async function ending(stage: Stage): Promise<void> {
  const { voice, checks } = stage;
  const messages = await eventually(() => readMessages(stage), (all) => all.every(isSettled));
  voice.chapter('Who got what', `${messages.length} messages of this campaign; ✓ sent, ✓✓ delivered, ✗ could go nowhere`);
  voice.plain(table(['creator', 'channel', 'messages, oldest first'], rows(stage, messages)));
  voice.plain('');
  const lost = messages.filter((each) => !hasLeft(each) && !isNewsletterWithoutChannel(stage, each));
  checks.that(lost.length === 0, 'every message has left, but for the newsletter of those with SMS alone', lost);
  const astray = messages.filter(hasLeft).filter(({ creator, channel }) => channel !== expected(stage, creator.id));
  checks.that(astray.length === 0, 'each over the channel it should take: the app, else e-mail, else SMS', astray);
}

function rows({ creators }: Stage, messages: readonly SentMessage[]): string[][] {
  return creators.flatMap(({ id, name, reach }) => {
    const own = messages.filter(({ creator }) => creator.id === id).reverse();
    return own.length === 0 ? [] : [[name, reach, own.map(({ kind, status }) => `${kind} ${marks[status] ?? status}`).join(' · ')]];
  });
}

function isNewsletterWithoutChannel(stage: Stage, { kind, creator }: SentMessage): boolean {
  return kind === 'newsletter' && expected(stage, creator.id) === 'sms';
}

function expected({ creators }: Stage, id: string): string | undefined {
  const reach = creators.find((each) => each.id === id)?.reach;
  return reach && channelOf[reach];
}
