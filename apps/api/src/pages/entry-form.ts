import { postalAddressSchema, type PostalAddress } from '@sevenfold/core/personal-data';
import { choice, textField, type Problems } from './fields.js';
import { html, type Html } from './html.js';
import { countries } from './places.js';
import { when } from './when.js';

type Values = Readonly<Record<string, string>>;

interface EntryForm {
  path: string;
  enteredAt: string | null;
  /** The collaboration has started: the team reads what is entered. */
  started: boolean;
  timeZone: string;
  problems: Problems;
  values: Values;
}

/** Legal name and postal address for one campaign. What was entered is not shown: the page's address is a key that may get lost. */
export function entryForm({ path, enteredAt, started, timeZone, problems, values }: EntryForm): Html {
  const field = (name: string, label: string, autocomplete: string, required = true) =>
    textField({ name, label, value: values[name], problems, autocomplete, required, maxlength: 200 });
  const who = started ? 'The team can read them, because you are in.' : 'Nobody can read them before the collaboration starts, and then only if you are in.';
  const form = html`<form method="post" action="${path}/entry" novalidate>
${field('legalName', 'Legal name', 'name')}${field('street', 'Street and number', 'address-line1')}${field('addition', 'Apartment, floor or company', 'address-line2', false)}
${field('postalCode', 'Postal code', 'postal-code')}${field('city', 'City', 'address-level2')}${field('region', 'State or region', 'address-level1', false)}
${choice({ name: 'country', label: 'Country', options: countries, value: values['country'], problems })}
<button type="submit">Save the address</button></form>`;
  const title = html`<h2>Where to send things</h2>`;
  if (enteredAt === null) return html`${title}<p>Your legal name and postal address. ${who}</p>${form}`;
  const wrong = Object.keys(problems).length > 0;
  return html`${title}<p>You entered them on ${when(enteredAt, timeZone)}. ${who}</p><details${wrong && html` open`}><summary>Change the address</summary>${form}</details>`;
}

/** What the form sent, or what is wrong with it. */
export function readEntry(values: Values): { address: PostalAddress } | { fields: { path: string; message: string }[] } {
  const { legalName = '', street = '', addition, postalCode = '', city = '', region, country = '' } = values;
  const given = { legalName, street, postalCode, city, country, ...(addition && { addition }), ...(region && { region }) };
  const parsed = postalAddressSchema.safeParse(given);
  if (parsed.success) return { address: parsed.data };
  return { fields: parsed.error.issues.map(({ path }) => ({ path: path.join('.'), message: path[0] === 'country' ? 'Choose a country' : 'Please fill this in' })) };
}
