import { z } from 'zod';

/** Nothing to configure: the channel is the product itself. */
export const configSchema = z.object({});
