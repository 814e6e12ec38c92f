import { expect, test } from '@jest/globals';
import { newToken } from '../crypto/index.js';
import { createLogger, type LogLevel } from './index.js';

function capture(level: LogLevel = 'info') {
  const lines: string[] = [];
  const logger = createLogger({ level, name: 'test', destination: { write: (line: string) => void lines.push(line) } });
  return { logger, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

test('writes JSON with level, name, time, fields and message', () => {
  const { logger, last } = capture();
  logger.child({ requestId: 'r1' }).info({ campaignId: 'c1', count: 3, at: new Date(0) }, 'started');
  expect(last()).toMatchObject({ level: 30, name: 'test', requestId: 'r1', campaignId: 'c1', count: 3, at: '1970-01-01T00:00:00.000Z', msg: 'started' });
  expect(last().time).toMatch(/Z$/);
});

test('hides secrets and personal data at any depth, in children and in texts', () => {
  const { logger, lines } = capture();
  const { token } = newToken('sf');
  const person = { legalName: 'CANARY', email: 'CANARY', contact_phone: 'CANARY', shippingAddress: { street: 'CANARY' } };
  logger.child({ slackToken: 'CANARY' }).info({ headers: { Authorization: 'CANARY' }, rows: [{ people: [person] }] }, 'mail to canary@example.org');
  logger.info(`token ${token} of +49 170 1234567 at postgres://app:CANARY@db/x`);
  logger.info({ password: 'CANARY', raw: Buffer.from('CANARY'), map: new Map([['secret', 'CANARY']]) });
  expect(lines).toHaveLength(3);
  expect(lines.join('')).not.toMatch(/canary|1234567/i);
  expect(lines.join('')).not.toContain(token);
});

test('logs errors with their frames, but not the values of a statement', () => {
  const { logger, last, lines } = capture();
  logger.error({ err: new Error('outer', { cause: new Error('inner of a@example.org') }) }, 'failed');
  expect(last()).toMatchObject({ err: { type: 'Error', message: 'outer', cause: { message: 'inner of [mail address]' } } });
  expect(JSON.stringify(last())).toContain('logging.test');
  const database = Object.assign(new Error("insert into x values ('CANARY')"), { code: '23505', severity: 'ERROR', table: 'x', detail: 'CANARY', constraint: 'x_key' });
  logger.error({ err: database }, 'failed');
  expect(last()).toMatchObject({ err: { code: '23505', message: 'database error 23505 table x constraint x_key' } });
  expect(lines.join('')).not.toContain('CANARY');
});

test('keeps quiet below its level, and survives circles', () => {
  const { logger, lines } = capture('warn');
  logger.info('nothing');
  expect(lines).toHaveLength(0);
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  logger.warn({ circle });
  expect(lines).toHaveLength(1);
});
