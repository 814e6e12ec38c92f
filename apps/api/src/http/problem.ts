import { DomainError, errorCodes, type ErrorCode, type Json } from '@sevenfold/domain/errors';
import { z } from 'zod';
import { errorToCode } from './error-to-code.js';

/** RFC 9457, with the members every refusal has and those of its code. */
export const problemSchema = z
  .looseObject({
    type: z.string().meta({ description: 'Names the kind of problem; the same for every problem with this code' }),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]).meta({ description: 'Stable: programs decide by it' }),
    detail: z.string(),
    instance: z.string().meta({ description: 'The path that was asked' }),
    requestId: z.string().meta({ description: 'Tell it to whoever runs the server; it is in the log' }),
  })
  .meta({ id: 'Problem', description: 'application/problem+json (RFC 9457). The members beyond these depend on the code.' });
export type Problem = z.infer<typeof problemSchema>;

export interface Asked {
  instance: string;
  requestId: string;
}

/** What an error of any kind looks like to the caller. What we don't know tells nothing but that it happened. */
export function toProblem(error: unknown, asked: Asked): Problem {
  const { code, detail, members } = describe(error);
  const { status, title } = errorCodes[code];
  return { ...members, type: `urn:sevenfold:problem:${code}`, title, status, code, detail, ...asked };
}

function describe(error: unknown): { code: ErrorCode; detail: string; members: Record<string, Json> } {
  if (error instanceof DomainError) return { code: error.code, detail: error.message, members: error.details };
  const { code, detail } = errorToCode(error);
  return { code, detail: detail ?? errorCodes[code].title, members: {} };
}
