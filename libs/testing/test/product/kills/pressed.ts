import { randomUUID } from 'node:crypto';
import type { Answer } from '../../../src/product/index.js';

/**
 * Presses once, by a patient API that repeats it with the same key until it is answered.
 * @throws Error with the refusal
 */
export async function pressed(press: (key: string) => Promise<Answer>): Promise<Answer> {
  const answer = await press(`press-${randomUUID()}`);
  if (answer.status >= 300) throw new Error(`Refused with ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
}

/** The same for reading: asks until it is answered. */
export const asked = (ask: () => Promise<Answer>): Promise<Answer['body']> => pressed(ask).then(({ body }) => body);
