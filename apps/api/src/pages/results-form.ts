import type { OwnCollaboration } from '@sevenfold/core/collaborations';
import type { ResultView } from '@sevenfold/core/results';
import { metrics } from '@sevenfold/domain/figures';
import { textField, type Problems } from './fields.js';
import { html, type Html } from './html.js';
import { when } from './when.js';

type Values = Readonly<Record<string, string>>;

interface ResultsSection {
  path: string;
  collaboration: OwnCollaboration;
  results: readonly ResultView[];
  platforms: readonly string[];
  timeZone: string;
  problems: Problems;
  values: Values;
}

const word = (metric: string): string => metric.replaceAll('-', ' ');

/** The posts with their figures, what is missing, and a form for the next post. */
export function resultsSection({ path, collaboration, results, platforms, timeZone, problems, values }: ResultsSection): Html {
  const known = [...new Set([...collaboration.campaign.figures.map(({ platform }) => platform), ...platforms])];
  return html`<section class="card plain"><h2>Your posts</h2>
${results.map((result) => post(path, result, timeZone, problems, values))}
<form method="post" action="${path}/results" enctype="multipart/form-data" novalidate><h3>Add a post</h3>
<label for="platform">Platform</label><input id="platform" name="platform" list="platforms" value="${values['platform'] ?? known[0] ?? ''}" required${problems['platform'] && html` aria-invalid="true" aria-describedby="platform-error"`}>
<datalist id="platforms">${known.map((each) => html`<option value="${each}">`)}</datalist>${problems['platform'] && html`<span class="error" id="platform-error">${problems['platform']}</span>`}
${textField({ name: 'postUrl', label: 'Address of the post', type: 'url', inputmode: 'url', value: values['postUrl'], problems, maxlength: 2_000 })}
<label for="screenshot">Screenshot <span class="optional">(optional)</span></label><input id="screenshot" name="screenshot" type="file" accept="image/*">
<button type="submit">Add the post</button></form></section>`;
}

function post(path: string, { id, postUrl, figures, missing }: ResultView, timeZone: string, problems: Problems, values: Values): Html {
  const rows = Object.entries(figures).map(([metric, { value, source }]) => html`<tr><th scope="row" class="metric">${word(metric)}</th><td>${value}</td><td>${source.kind === 'platform' ? `from ${source.platform}` : source.kind === 'creator' ? 'from you' : 'from the team'}</td></tr>`);
  return html`<h3><a href="${postUrl}" rel="noreferrer noopener">${postUrl}</a></h3>
${rows.length > 0 && html`<table>${rows}</table>`}
${missing.length > 0 && html`<form method="post" action="${path}/results/${id}" enctype="multipart/form-data" novalidate><p>Still missing. Send what you have, the rest can follow.</p>
${missing.map(({ metric, why, how, dueAt }) => textField({ name: `${id}-${metric}`, label: word(metric).replace(/^./, (first) => first.toUpperCase()), hint: `${why}. ${how} By ${when(dueAt, timeZone)}.`, type: 'number', inputmode: 'numeric', value: values[`${id}-${metric}`], problems }))}
<label for="${id}-screenshot">Screenshot <span class="optional">(optional)</span></label><input id="${id}-screenshot" name="screenshot" type="file" accept="image/*">
<button type="submit">Save the figures</button></form>`}`;
}

/** The figures of a form, or which of them are no numbers. */
export function readFigures(values: Values, resultId: string): { figures: Record<string, number> } | { fields: { path: string; message: string }[] } {
  const given = metrics.flatMap((metric) => {
    const text = values[`${resultId}-${metric}`];
    return text ? [{ metric, text }] : [];
  });
  const wrong = given.filter(({ text }) => !/^\d{1,12}$/.test(text));
  if (wrong.length > 0) return { fields: wrong.map(({ metric }) => ({ path: `${resultId}-${metric}`, message: 'Write a whole number, without dots' })) };
  return { figures: Object.fromEntries(given.map(({ metric, text }) => [metric, Number(text)])) };
}
