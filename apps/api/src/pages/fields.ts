import { html, type Html } from './html.js';

/** What is wrong with a form, by the name of its field. */
export type Problems = Readonly<Record<string, string>>;

interface Field {
  name: string;
  label: string;
  hint?: string;
  value?: string;
  problems: Problems;
  /** `either`: it or another one is needed, so it is neither marked as optional nor asked for by the browser. */
  required?: boolean | 'either';
}

/** Ties a field to its hint and its error for whoever hears the page instead of seeing it. */
function described({ name, hint, problems }: Field): Html {
  const ids = [hint && `${name}-hint`, problems[name] && `${name}-error`].filter(Boolean).join(' ');
  return html`${ids !== '' && html` aria-describedby="${ids}"`}${problems[name] && html` aria-invalid="true"`}`;
}

const hintOf = ({ name, hint }: Field) => hint && html`<span class="hint" id="${name}-hint">${hint}</span>`;
const errorOf = ({ name, problems }: Field) => problems[name] && html`<span class="error" id="${name}-error">${problems[name]}</span>`;
/** Said in words: a missing star tells nothing to whoever hears the page. */
const optional = ({ required }: Field) => required === false && html`<span class="optional">(optional)</span> `;
const needed = ({ required = true }: Field) => required === true && html` required`;

interface TextField extends Field {
  type?: 'text' | 'date' | 'number' | 'url';
  autocomplete?: string;
  inputmode?: 'numeric' | 'url';
  maxlength?: number;
}

/** One line of text. */
export function textField(field: TextField): Html {
  const { name, label, value, type = 'text', autocomplete, inputmode, maxlength } = field;
  return html`<label for="${name}">${label} ${optional(field)}${hintOf(field)}</label>
<input id="${name}" name="${name}" type="${type}" value="${value ?? ''}"${autocomplete && html` autocomplete="${autocomplete}"`}${inputmode && html` inputmode="${inputmode}"`}${maxlength && html` maxlength="${maxlength}"`}${needed(field)}${described(field)}>${errorOf(field)}`;
}

/** Several lines. */
export function textArea(field: Field & { maxlength?: number }): Html {
  const { name, label, value, maxlength } = field;
  return html`<label for="${name}">${label} ${optional(field)}${hintOf(field)}</label>
<textarea id="${name}" name="${name}"${maxlength && html` maxlength="${maxlength}"`}${needed(field)}${described(field)}>${value ?? ''}</textarea>${errorOf(field)}`;
}

/** A file of the visitor's own. */
export function fileField(field: Field): Html {
  const { name, label } = field;
  return html`<label for="${name}">${label} ${optional(field)}${hintOf(field)}</label>
<input id="${name}" name="${name}" type="file"${needed(field)}${described(field)}>${errorOf(field)}`;
}

/** One of a list. */
export function choice(field: Field & { options: readonly (readonly [value: string, text: string])[] }): Html {
  const { name, label, value, options } = field;
  return html`<label for="${name}">${label} ${hintOf(field)}</label>
<select id="${name}" name="${name}"${needed(field)}${described(field)}><option value="">Please choose</option>
${options.map(([each, text]) => html`<option value="${each}"${each === value && html` selected`}>${text}</option>`)}</select>${errorOf(field)}`;
}

/** A tick. */
export function tick(field: Field): Html {
  const { name, label, value } = field;
  return html`<label class="tick" for="${name}"><input id="${name}" name="${name}" type="checkbox" value="yes"${value === 'yes' && html` checked`}${needed(field)}${described(field)}><span>${label}${errorOf(field)}</span></label>`;
}

/** Says at the top that something is wrong, and leads to it. */
export function problemList(problems: Problems): Html | null {
  const entries = Object.entries(problems);
  if (entries.length === 0) return null;
  return html`<div class="note bad" role="alert"><p><strong>Please check:</strong></p><ul>${entries.map(([name, message]) => html`<li><a href="#${name}">${message}</a></li>`)}</ul></div>`;
}
