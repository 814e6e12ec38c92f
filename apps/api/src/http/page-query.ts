import { z } from 'zod';

const limit = z.coerce.number().int().min(1).max(200).default(50).meta({ description: 'Rows in a page, at most 200' });
const cursor = z.string().regex(/^[\w-]{1,2000}$/, 'Pass the nextCursor of the page before, unchanged').optional().meta({ description: 'The `nextCursor` of the page before' });

/** The query of every list: `@Query({ schema: pageQuery }) page: PageQuery`. Add filters by `.extend({…})`. */
export const pageQuery = z.strictObject({ cursor, limit });
export type PageQuery = z.infer<typeof pageQuery>;

/** The answer of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    data: z.array(item),
    nextCursor: z.string().nullable().meta({ description: 'Pass it as `cursor` for the next page; null on the last' }),
  });
}

/** `true` and `false` in a query string. */
export const queryFlag = z.enum(['true', 'false']).transform((value) => value === 'true');
