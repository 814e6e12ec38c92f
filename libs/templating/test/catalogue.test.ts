import { expect, test } from '@jest/globals';
import {
  catalogue, type CatalogueKey, catalogueKeys, checkPartials, checkTemplate, createPartials, declaredVariables, isTemplateKey, partials, renderMessage, variablesOf, withOurPartials,
} from '../src/index.js';
import { refusal } from './refusal.js';

test.each(catalogueKeys)('%s: the default passes its own check, with the least data as with all', (key) => {
  checkTemplate(key, catalogue[key].defaults);
  for (const data of Object.values(catalogue[key].sample)) if (isTemplateKey(key)) renderMessage(key, data);
});

test.each(catalogueKeys)('%s declares every variable its default uses', (key) => {
  const known = new Set(declaredVariables(key).map(({ name }) => name));
  const used = Object.entries(catalogue[key].defaults).flatMap(([form, source]) => variablesOf(source).filter((name) => form !== 'html' || name !== 'subject'));
  expect(used.filter((name) => !known.has(name))).toEqual([]);
});

test('an unknown variable is named when it is saved, in loops and partials too', () => {
  const unknown = (key: CatalogueKey, text: string) => refusal(() => checkTemplate(key, { text }));
  expect(unknown('bummer', 'Hi {{creator.nickname}} {{pet}}')).toMatchObject({ code: 'missing_variables', details: { variables: ['creator.nickname', 'pet'] } });
  expect(unknown('newsletter', '{{#each campaigns}}{{title}}{{/each}}').details.variables).toEqual(['campaigns[].title']);
  expect(unknown('newsletter', '{{list campaigns of="title"}}').details.variables).toEqual(['campaigns[].title']);
  const own = createPartials({ ...partials, greeting: { text: 'Hello {{person}}, from {{@root.workspace.name}}{{#each items}}{{/each}}' } });
  expect(refusal(() => checkTemplate('bummer', { text: '{{> greeting person=creator.name}}' }, own)).details.variables).toEqual(['items']);
  checkTemplate('newsletter', { text: '{{#each campaigns}}{{> contact}}{{name}}{{@index}}{{/each}} {{campaigns.length}} {{list campaigns of="name"}}' }, withOurPartials({ contact: { text: '{{clientName}} {{@root.creator.name}}' } }));
});

test('what only some messages have must be asked for', () => {
  expect(refusal(() => checkTemplate('bummer', { text: 'Call {{contact.phone}}' }))).toMatchObject({ code: 'missing_variables', details: { variables: ['contact.phone'], ask: true } });
  checkTemplate('bummer', { text: '{{#if contact}}{{#if contact.phone}}Call {{contact.phone}}{{/if}}{{/if}}' });
});

test('problems name the form, the line and the column', () => {
  expect(refusal(() => checkTemplate('bummer', { subject: '{{#if a}}', text: 'ok\n{{nope a}}', html: '<p>\n<a href="{{campaign.name}}">' })).details.fields).toEqual([
    { path: 'subject', message: 'line 1, column 10: the text ends before a block or a variable is closed' },
    { path: 'text', message: 'line 2, column 1: helper "nope" is not known' },
  ]);
  expect(refusal(() => checkTemplate('bummer', { html: '<p>\n<a href="{{campaign.name}}">' })).details.fields).toEqual([
    { path: 'html', message: expect.stringMatching(/^line 2, column 10: write href="\{\{url …\}\}"/) },
  ]);
  expect(refusal(() => checkTemplate('bummer', { text: '{{money campaign.name}}' })).details.fields).toEqual([{ path: 'text', message: '{{money}}: expected minor units and a currency' }]);
});

test('a template keeps the way to answer, has only its own forms and says something', () => {
  expect(refusal(() => checkTemplate('agreement-sent', { html: '<p>Sign!</p>' })).details.fields).toMatchObject([{ path: 'html', message: expect.stringContaining('{{link}}') }]);
  expect(refusal(() => checkTemplate('agreement-sent', { short: 'Sign!' })).details.fields).toMatchObject([{ path: 'short' }]);
  checkTemplate('agreement-sent', { text: 'Sign!' });
  expect(refusal(() => checkTemplate('story-card', { text: 'x' })).details.fields).toMatchObject([{ path: 'text', message: 'This template has no text' }]);
  expect(refusal(() => checkTemplate('bummer', { text: ' ' })).code).toBe('invalid_fields');
  expect(refusal(() => checkTemplate('bummer', {})).code).toBe('invalid_fields');
});

test('a workspace’s pieces stand in for ours, and theirs are checked like ours', () => {
  const set = checkPartials({ contact: { html: '<p>Ask {{workspace.name}}</p>', text: 'Ask {{workspace.name}}' }, banner: { html: '<b>{{campaign.name}}</b>' } });
  const { html } = renderMessage('bummer', catalogue.bummer.sample.full, {}, set);
  expect(html).toContain('Ask Sample Agency');
  expect(html).not.toContain('Questions?');
  checkTemplate('bummer', { html: '{{#> layout title="x"}}{{> banner}}{{/layout}}' }, set);
  // It has no plain form, so a text cannot include it.
  expect(refusal(() => checkTemplate('bummer', { text: '{{> banner}}' }, set)).details.fields).toMatchObject([{ path: 'text', message: expect.stringContaining('partial "banner" is not known') }]);
  expect(refusal(() => checkPartials({ banner: { html: '<p {{x}}>' } })).details.fields).toMatchObject([{ path: 'banner.html' }]);
  expect(refusal(() => checkPartials({ banner: { text: '{{#if}}' } })).details.fields).toMatchObject([{ path: 'banner.text', message: expect.stringContaining('line 1') }]);
});
