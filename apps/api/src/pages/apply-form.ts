import { applySchema, type ApplyInput, type MarketplaceCampaign } from '@sevenfold/core/applications';
import { aboutFields, aboutProblems, readAbout } from './about-form.js';
import { textArea, textField, type Problems } from './fields.js';
import { html, type Html } from './html.js';

type Values = Readonly<Record<string, string>>;

interface ApplyForm {
  campaign: MarketplaceCampaign;
  path: string;
  /** Paths of the values about the creator that are asked for. */
  asked: readonly string[];
  platforms: readonly string[];
  problems: Problems;
  values: Values;
}

/** Motivation, price, the campaign's questions, and what nobody knows of the creator. */
export function applyForm({ campaign, path, asked, platforms, problems, values }: ApplyForm): Html {
  return html`<form method="post" action="${path}/apply" novalidate><h2>Apply</h2>
${textArea({ name: 'motivation', label: 'Why you?', value: values['motivation'], problems, maxlength: 5_000 })}
${campaign.questions.map(({ key, question, required }) => textArea({ name: `q-${key}`, label: question, value: values[`q-${key}`], problems, required, maxlength: 5_000 }))}
${textField({ name: 'price', label: 'Your price', hint: 'What you would like to be paid, as in 450 or 450.50. Leave it empty if you have none in mind.', value: values['price'], problems, required: false, maxlength: 20 })}
${textField({ name: 'currency', label: 'Currency', hint: 'Three letters, as in EUR.', value: values['currency'] ?? 'EUR', problems, required: false, maxlength: 3 })}
${asked.length > 0 && html`<h3>About you</h3>`}${aboutFields(asked, platforms, values, problems)}
<button type="submit">Apply</button></form>`;
}

type Fields = { path: string; message: string }[];

/** What the form sent, or what is wrong with it. */
export function readApplication(values: Values): { input: ApplyInput } | { fields: Fields } {
  const about = readAbout(values);
  const price = readPrice(values);
  if ('fields' in price) return price;
  if ('fields' in about) return about;
  const answers = Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (name.startsWith('q-') && value !== '' ? [[name.slice(2), value]] : [])));
  const parsed = applySchema.safeParse({ motivation: values['motivation'] ?? '', answers, about: about.about, ...price });
  if (parsed.success) return { input: parsed.data };
  return { fields: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message: path[0] === 'motivation' ? 'Tell us why, in a few words' : message })) };
}

function readPrice({ price, currency }: Values): { price?: ApplyInput['price'] } | { fields: Fields } {
  if (!price) return {};
  const [, whole, cents = ''] = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(price) ?? [];
  if (whole === undefined) return { fields: [{ path: 'price', message: 'Write a number, as in 450 or 450.50' }] };
  const code = (currency ?? '').toUpperCase();
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency: /^[A-Z]{3}$/.test(code) ? code : 'EUR' }).resolvedOptions().maximumFractionDigits ?? 2;
  return { price: { amountMinor: Math.round(Number(`${whole}.${cents || '0'}`) * 10 ** digits), currency: code } };
}

/** Problems by path as problems by field. */
export function applyProblems(fields: Fields): Record<string, string> {
  const renamed = fields.map(({ path, message }) => ({
    path: path.replace(/^answers\./, 'q-').replace(/^price\.currency$/, 'currency').replace(/^price\..*/, 'price'), message,
  }));
  return aboutProblems(renamed);
}
