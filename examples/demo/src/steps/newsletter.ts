import { wantNewsletter } from '../cast/names.ts';
import { thread } from '../doing/as-creator.ts';
import { actionIs, waitForEntry } from '../reading/timeline.ts';
import type { Stage } from '../stage.ts';
import { eventually } from '../telling/eventually.ts';

/** Day 1, 18:00: one newsletter to those who asked for it, in the app or by e-mail, and never by SMS. */
export async function newsletter(stage: Stage): Promise<void> {
  const { voice, days, checks } = stage;
  await days.until(1, '18:00');
  const sent = await waitForEntry(stage, actionIs('newsletter.sent'));
  voice.say('It is 18:00, newsletter time: one mail a day with every campaign that is new and open, to those who asked for it.');
  checks.that(sent !== undefined, 'the newsletter went out');
  const readers = wantNewsletter.map((first) => stage.creator(first));
  const reached = readers.filter(({ reach }) => reach !== 'SMS');
  const got = await eventually(async () => {
    const threads = await Promise.all(readers.map(async (reader) => ({ reader, messages: await thread(reader) })));
    return threads.flatMap(({ reader, messages }) =>
      messages.filter(({ kind, channel }) => kind === 'newsletter' && channel !== null).map(({ channel }) => ({ reader, channel })));
  }, (found) => found.length >= reached.length);
  const names = got.map(({ reader }) => reader.first);
  checks.that(reached.every(({ first }) => names.includes(first)), `${reached.length} readers have it in the app or by e-mail`, names);
  checks.that(got.every(({ channel }) => channel !== 'sms'), 'Ugo and Vera asked for it too, but have SMS alone: a newsletter never goes there');
}
