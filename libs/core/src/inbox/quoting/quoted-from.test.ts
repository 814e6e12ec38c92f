import { describe, expect, test } from '@jest/globals';
import { quotedFrom } from './quoted-from.js';
import { tails } from './tails.fixtures.js';

const shown = (text: string): string => text.slice(0, quotedFrom(text) ?? undefined).trimEnd();

describe('the tail that only quotes is found', () => {
  test.each(Object.entries(tails))('%s', (_program, tail) => {
    for (const answer of ['Yes, gladly!', 'Hi Mia,\n\nyes – gladly. On Monday I can start.\n\nAda\n\nSent from my iPhone', 'Ja, gerne!\r\n\r\nAda']) {
      expect(shown(`${answer}\n\n${tail}`)).toBe(answer);
      expect(shown(`${answer}\r\n\r\n${tail.replaceAll(/\r?\n/g, '\r\n')}`)).toBe(answer);
    }
  });

  test('and no line of the answer with it', () => {
    const tail = 'Am 05.01.2026 um 10:00 schrieb Mia <m@in.test>:\n> Wann?\n';
    for (const answer of ['On Monday at 10:00 I can.', 'Am 7. um 10:00', 'I wrote on 5.1. at 10:00 to a@x.test:']) expect(shown(`${answer}\n${tail}`)).toBe(answer);
  });

  test('with older quotations inside it', () => {
    const tail = 'On Mon, Jan 5, 2026 at 10:00 AM Mia <m@in.test> wrote:\n\n> And?\n>\n> On Sun, Jan 4, 2026 at 9:00 AM Ada <a@x.test> wrote:\n>\n>> From: x\n>> Sent: y\n>> Subject: z\n>>\n>> Hello\n';
    expect(shown(`Soon.\n\n${tail}`)).toBe('Soon.');
    expect(shown(`Soon.\n\nFrom: Mia\nSent: Monday\nTo: Ada\nSubject: And\n\nAnd?\n\n${tail}`)).toBe('Soon.');
  });
});

describe('nothing is hidden that somebody wrote', () => {
  const unfolded = (text: string) => expect(quotedFrom(text)).toBeNull();

  test('below the quotation', () => {
    unfolded('On Mon, Jan 5, 2026 at 10:00 AM Mia <m@in.test> wrote:\n\n> Would you?\n\nYes, I would.\n');
    unfolded('Hi Mia,\n\nOn 05/01/2026 10:00, Mia Team wrote:\n> Would you?\n\nYes, I would.\n\n-- \nAda\n');
    unfolded(`${tails['Outlook, German']}\nJa, gerne.`);
    unfolded(`${tails['Yahoo, English']}\nYes.`);
  });

  test('between the quoted lines; only what follows the last answer is a tail', () => {
    const inline = 'Hi,\n\nAm 05.01.2026 um 10:00 schrieb Mia <m@in.test>:\n\n> Wann?\n\nMontag.\n\n> Wo?\n\nBerlin.\n';
    unfolded(inline);
    expect(shown(`${inline}\n> Danke, Mia\n`)).toBe(inline.trimEnd());
  });

  test('above, when the mail is nothing but a quotation', () => {
    for (const tail of Object.values(tails)) if (!tail.includes('-- \n')) unfolded(tail);
    unfolded('');
    unfolded('   \n\n');
  });

  test('in a mail that is passed on', () => {
    unfolded('Look at this!\n\n---------- Forwarded message ---------\nFrom: Bob <b@x.test>\nDate: Mon, Jan 5, 2026 at 10:00 AM\nSubject: Rates\nTo: Ada <a@x.test>\n\nMy rates are …\n');
    unfolded('Siehe unten\n\nAnfang der weitergeleiteten Nachricht:\n\n> Von: Bob <b@x.test>\n> Betreff: Preise\n> Datum: 5. Januar 2026\n> An: Ada\n> \n> Meine Preise\n');
    unfolded('FYI\n\nDébut du message réexpédié :\n\nDe : Bob\nDate : 5 janvier\nÀ : Ada\nObjet : Tarifs\n\nMes tarifs\n');
  });

  test('that only looks like it', () => {
    unfolded('On Monday I wrote:\nmy first post. It went well.');
    unfolded('From: the bottom of my heart\n\nthank you!');
    unfolded('To: do\n- a\n- b\nFrom: Amsterdam with love');
    unfolded('She wrote: yes\n\nand then no more');
    unfolded('Prices:\n\n> 10k: 200 €\nbelow that: 100 €');
    unfolded('____________________\nAda Lovelace\nCreator');
    unfolded('Le 5 janvier à 10:00 je suis là.\n\nOn the 6th at 10:00 I wrote to Bob.');
  });
});

test('takes no time over hostile text', () => {
  const started = performance.now();
  for (const text of ['>\n'.repeat(200_000), 'On 1 '.repeat(100_000), 'On 1 wrote '.repeat(50_000), 'From: x\n'.repeat(100_000), '\n'.repeat(500_000), '*'.repeat(500_000), 'On 1:00 \n'.repeat(50_000), '--\n'.repeat(200_000), `${'a'.repeat(499)}\n`.repeat(2_000), '_'.repeat(500_000)]) quotedFrom(text);
  expect(performance.now() - started).toBeLessThan(5_000);
});
