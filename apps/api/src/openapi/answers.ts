import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiExtension, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { ErrorCode } from '@sevenfold/domain/errors';
import type { z } from 'zod';
import { pageOf } from '../http/page-query.js';

/** 200 with a body: `@ApiOk(campaignSchema, 'The campaign')`. */
export const ApiOk = (schema: z.ZodType, description = 'Done'): MethodDecorator =>
  applyDecorators(HttpCode(200), ApiResponse({ status: 200, standardSchema: schema, description }));

/** 201 with what was made. */
export const ApiMade = (schema: z.ZodType, description = 'Made'): MethodDecorator =>
  applyDecorators(HttpCode(201), ApiResponse({ status: 201, standardSchema: schema, description }));

/** 202: accepted, and carried out by and by. */
export const ApiAccepted = (schema: z.ZodType, description = 'Accepted; it happens by and by'): MethodDecorator =>
  applyDecorators(HttpCode(202), ApiResponse({ status: 202, standardSchema: schema, description }));

/** 200 with one page of a list: `{ data, nextCursor }`. */
export const ApiPage = (item: z.ZodType, description = 'One page'): MethodDecorator => ApiOk(pageOf(item), description);

/** 204 without a body. */
export const ApiNothing = (description = 'Done'): MethodDecorator =>
  applyDecorators(HttpCode(204), ApiResponse({ status: 204, description }));

/** 200 with a file of one of these types. */
export const ApiFile = (...contentTypes: string[]): MethodDecorator =>
  applyDecorators(
    HttpCode(200),
    ApiResponse({
      status: 200,
      description: 'The file',
      content: Object.fromEntries(contentTypes.map((type) => [type, { schema: { type: 'string', format: 'binary' } }])),
    }),
  );

/** 200 with server-sent events that go on until somebody leaves. */
export const ApiEvents = (description: string): MethodDecorator =>
  applyDecorators(HttpCode(200), ApiResponse({ status: 200, description, content: { 'text/event-stream': { schema: { type: 'string' } } } }));

/** The refusals that belong to this route; those every route has (401, 403, 404 …) are added by themselves. */
export const ApiProblems = (...codes: ErrorCode[]): MethodDecorator => ApiExtension('x-problems', codes);

/** One line of what the route does, and optionally more. */
export const ApiAbout = (summary: string, description?: string): MethodDecorator =>
  ApiOperation(description === undefined ? { summary } : { summary, description });
