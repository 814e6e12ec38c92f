import { expect, test } from '@jest/globals';
import { runChecks } from '@sevenfold/platform/health';
import { engineAnswers } from './engine-answers.js';

test('an engine that answers is there; one that refuses is not', async () => {
  await expect(engineAnswers(() => Promise.resolve({}))).resolves.toBeUndefined();
  await expect(engineAnswers(() => Promise.reject(new Error('14 UNAVAILABLE')))).rejects.toThrow('the engine does not answer');
});

test('one that is silent beyond its deadline is named as the reason before the check runs out of time, however busy the process', async () => {
  const checking = runChecks({ engine: () => engineAnswers(() => new Promise(() => undefined)) });
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_300);
  expect((await checking).checks).toEqual({ engine: 'the engine does not answer' });
});
