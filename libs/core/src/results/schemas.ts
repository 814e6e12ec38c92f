import { metrics } from '@sevenfold/domain/figures';
import { z } from 'zod';

/** Figures by metric; what is absent stays. */
export const figuresSchema = z.partialRecord(z.enum(metrics), z.int().min(0).max(1_000_000_000_000)).meta({ id: 'FiguresInput' });

export const addResultSchema = z
  .strictObject({
    platform: z.string().trim().toLowerCase().min(1).max(40),
    postUrl: z.url({ protocol: /^https?$/ }).max(2_000),
    /** When it was posted; figures fall due counted from here. Now, when absent. */
    postedAt: z.iso.datetime({ offset: true }).optional(),
    figures: figuresSchema.default({}),
    /** An uploaded image. */
    screenshotFileId: z.uuid().optional(),
  })
  .meta({ id: 'ResultInput' });
export type AddResultInput = z.infer<typeof addResultSchema>;

export const changeResultSchema = z
  .strictObject({ figures: figuresSchema.optional(), screenshotFileId: z.uuid().optional() })
  .meta({ id: 'ResultPatch' });
export type ChangeResultInput = z.infer<typeof changeResultSchema>;
