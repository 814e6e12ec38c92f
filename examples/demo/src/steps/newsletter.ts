import { wantNewsletter } from '../cast/names.ts';
import { hasLeft, recipients, settledMessages } from '../reading/messages.ts';
import { actionIs, waitForEntry } from '../reading/timeline.ts';
import type { Stage } from '../stage.ts';

/** Day 1, 18:00: one newsletter to those who asked for it, in the app or by e-mail, and never by SMS. */
export async function newsletter(stage: Stage): Promise<void> {
  const { voice, days, checks } = stage;
  await days.until(1, '18:00');
  const sent = await waitForEntry(stage, actionIs('newsletter.sent'));
  voice.say('It is 18:00, newsletter time: once a day every campaign that is new and open, to those who asked for it.');
  checks.that(sent !== undefined, 'the newsletter went out');
  const messages = await settledMessages(stage, 'newsletter', wantNewsletter.length);
  const got = recipients(stage, messages.filter(hasLeft));
  const wanted = wantNewsletter.filter((first) => stage.creator(first).reach !== 'SMS');
  checks.that(wanted.every((first) => got.includes(first)) && got.length === wanted.length, `in the app or by e-mail: ${got.join(', ')}`, messages);
  checks.that(messages.every(({ channel }) => channel !== 'sms'), 'Ugo and Vera asked for it too, but have SMS alone: a newsletter never goes there');
}
