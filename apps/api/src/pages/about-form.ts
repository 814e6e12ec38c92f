import { aboutCreatorSchema, type AboutCreator } from '@sevenfold/core/applications';
import { choice, textField, type Problems } from './fields.js';
import { html, type Html } from './html.js';
import { countries, languages } from './places.js';

type Values = Readonly<Record<string, string>>;

/** Fields for the values nobody knows of a creator, by the paths a refusal names them with. */
export function aboutFields(asked: readonly string[], platforms: readonly string[], values: Values, problems: Problems): Html[] {
  const fields: Record<string, () => Html> = {
    'about.country': () => choice({ name: 'country', label: 'The country you live in', options: countries, value: values['country'], problems }),
    'about.birthDate': () => textField({ name: 'birthDate', label: 'Your date of birth', type: 'date', value: values['birthDate'], problems, autocomplete: 'bday' }),
    'about.languages': () => html`${choice({ name: 'language', label: 'The language you publish in', options: languages, value: values['language'], problems })}
${choice({ name: 'language2', label: 'A second language', options: languages, value: values['language2'], problems, required: false })}`,
    'about.profiles': () => html`<fieldset><legend>Your profile</legend>
${choice({ name: 'platform', label: 'Platform', options: platforms.map((each) => [each, each] as const), value: values['platform'], problems })}
${textField({ name: 'profile', label: 'Profile', hint: 'Its address or your username.', value: values['profile'], problems, maxlength: 300 })}
${textField({ name: 'followers', label: 'Followers', hint: 'How many it has now.', type: 'number', inputmode: 'numeric', value: values['followers'], problems })}</fieldset>`,
  };
  return [...new Set(asked)].flatMap((path) => fields[path]?.() ?? []);
}

/** Where in the form a wrong value stands. */
const fieldOfPath: readonly (readonly [RegExp, string])[] = [
  [/^about\.country/, 'country'],
  [/^about\.birthDate/, 'birthDate'],
  [/^about\.languages/, 'language'],
  [/^about\.profiles\.\d+\.platform/, 'platform'],
  [/^about\.profiles\.\d+\.followers/, 'followers'],
  [/^about\.profiles/, 'profile'],
];

/** Problems by path as problems by field. */
export function aboutProblems(fields: readonly { path: string; message: string }[]): Record<string, string> {
  return Object.fromEntries(fields.map(({ path, message }) => [fieldOfPath.find(([pattern]) => pattern.test(path))?.[1] ?? path, message]));
}

/** What the form says about the creator, or what is wrong with it. */
export function readAbout(form: Values): { about: AboutCreator } | { fields: { path: string; message: string }[] } {
  const { country, birthDate, language, language2, platform, profile, followers } = form;
  const given = {
    ...(country && { country }),
    ...(birthDate && { birthDate }),
    ...(language && { languages: [language, ...(language2 ? [language2] : [])] }),
    ...((platform || profile) && { profiles: [{ platform: platform ?? '', profile: profile ?? '', ...(followers && { followers: Number(followers) }) }] }),
  };
  const parsed = aboutCreatorSchema.safeParse(given);
  if (parsed.success) return { about: parsed.data };
  return { fields: parsed.error.issues.map(({ path, message }) => ({ path: ['about', ...path].join('.'), message })) };
}
