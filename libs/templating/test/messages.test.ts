import { expect, test } from '@jest/globals';
import { DomainError } from '@sevenfold/domain/errors';
import { defaultTemplates, renderMessage, type TemplateKey, templateKeys } from '../src/index.js';
import { sample } from './sample-data.js';

const withLink = new Set<TemplateKey>(['invite', 'invite-interest-received', 'agreement-sent', 'agreement-reminder', 'congratulations',
  'campaign-resumed', 'results-request', 'results-reminder']);

test.each(templateKeys)('%s reads well in all four forms', (key) => {
  const message = renderMessage(key, sample);
  for (const form of [message.subject, message.text, message.short]) {
    expect(form.trim()).toBe(form);
    expect(form).not.toMatch(/&[a-z#]|\{\{|undefined|\[object/);
  }
  expect(message.subject).not.toContain('\n');
  expect(message.text).not.toMatch(/\n{3}/);
  expect(message.html).toMatch(/^<!doctype html>[\s\S]*<\/html>\s*$/);
  expect(message.html).not.toMatch(/<script|\{\{|<Lovelace>|Brand & Co/i);
  if (withLink.has(key)) for (const form of [message.text, message.html, message.short]) expect(form).toContain(sample.link);
});

test.each(templateKeys)('%s is short enough for two or three SMS', (key) => {
  if (key !== 'group-message' && key !== 'direct-message') expect(renderMessage(key, sample).short.length).toBeLessThan(300);
});

test.each(templateKeys)('%s names everything it lacks, for all forms at once', (key) => {
  try {
    renderMessage(key, {});
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(error.code).toBe('missing_variables');
    const named = error.details.variables as string[];
    expect(defaultTemplates[key].variables).toEqual(expect.arrayContaining(named));
    expect(named.length).toBeGreaterThan(1);
    return;
  }
  throw new Error('expected a refusal');
});

test('an edited text stands for mail and SMS as well, and keeps the link', () => {
  const edited = renderMessage('invite', sample, { text: 'Dear {{creator.name}},\n\nI <3 your reel about tea!' });
  expect(edited.subject).toBe('Brand & Co would like to work with you');
  expect(edited.text).toBe(`Dear Ada <Lovelace>,\n\nI <3 your reel about tea!\n\n${sample.link}`);
  expect(edited.short).toBe(edited.text);
  expect(edited.html).toContain('Dear Ada &lt;Lovelace&gt;,');
  expect(edited.html).toContain('I &lt;3 your reel about tea!');
  expect(edited.html).toContain(`href="${sample.link}"`);
});

test('a link the edit kept is not repeated', () => {
  const { text, html } = renderMessage('invite', sample, { text: 'Look: {{link}}' });
  expect(text).toBe(`Look: ${sample.link}`);
  expect(html.split(`href="${sample.link}"`)).toHaveLength(2);
});

test('single forms can be replaced', () => {
  const message = renderMessage('bummer', sample, { short: 'Not this time, {{creator.name}}', subject: 'Next\n time' });
  expect(message.short).toBe('Not this time, Ada <Lovelace>');
  expect(message.subject).toBe('Next time');
  expect(message.text).toContain('We know that is a bummer');
});

test('an edit that uses what nobody has is refused by name', () => {
  expect(() => renderMessage('invite', sample, { text: '{{creator.nickname}} {{pet}}' })).toThrow(
    expect.objectContaining({ code: 'missing_variables', details: { variables: ['creator.nickname', 'pet'] } }),
  );
});

test('dates in messages show the campaign’s zone', () => {
  expect(renderMessage('agreement-sent', sample).text).toContain('Saturday, November 28, 2026 at 10:00 AM GMT+1');
});

test('what a member typed needs no title', () => {
  const { subject, html } = renderMessage('direct-message', { workspace: sample.workspace, body: 'Hello' });
  expect(subject).toBe('Message from Agency');
  expect(html).toContain('<title>Message from Agency</title>');
});
