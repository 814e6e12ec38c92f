import { z } from 'zod';

export const fileSchema = z
  .object({
    id: z.uuid(),
    sha256: z.string(),
    contentType: z.string(),
    size: z.int().meta({ description: 'Bytes' }),
  })
  .meta({ id: 'File' });
