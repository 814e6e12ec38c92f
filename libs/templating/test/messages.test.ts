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
  // By SMS the answer is YES, whatever the words.
  expect(edited.short).toBe(edited.text.replace(sample.link, `Interested? Reply YES or see ${sample.link}`));
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

test('layers: the message before the campaign, the campaign before the workspace, and an edited text before older words in other forms', () => {
  const workspace = { text: 'Workspace text {{link}}', html: '<p>Workspace {{link}}</p>', subject: 'Workspace subject' };
  const campaign = { text: 'Campaign text {{link}}', short: 'Campaign short {{link}}' };
  const message = renderMessage('congratulations', sample, [{ subject: 'For you' }, campaign, workspace]);
  expect(message).toMatchObject({ subject: 'For you', text: `Campaign text ${sample.link}`, short: `Campaign short ${sample.link}` });
  expect(message.html).toContain('Campaign text');
  expect(message.html).not.toContain('Workspace');
  const words = renderMessage('congratulations', sample, [{}, {}, workspace]);
  expect(words).toMatchObject({ subject: 'Workspace subject', html: `<p>Workspace ${sample.link.replaceAll('=', '&#x3D;')}</p>`, short: words.text });
});

test('no subject can bring a header of its own', () => {
  const evil = 'Hi\r\nBcc: all@example.com\u0000\u0085\u2028x\u001b[31m';
  const { subject } = renderMessage('bummer', { ...sample, campaign: { name: evil } });
  // oxlint-disable-next-line no-control-regex
  expect(subject).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
  expect(subject).toBe('About your application for Hi Bcc: all@example.com x [31m');
  expect([...renderMessage('bummer', { ...sample, campaign: { name: 'x'.repeat(5_000) } }).subject]).toHaveLength(250);
});
