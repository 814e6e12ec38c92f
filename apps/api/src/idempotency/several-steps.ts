import { SetMetadata } from '@nestjs/common';

export const severalStepsKey = 'sevenfold:several-steps';

/**
 * A POST that commits in the middle, because somebody else must see it before the answer is known (the engine, a
 * platform). Its own rows must make a repeat harmless; every other POST commits once, together with its answer.
 */
export const SeveralSteps = () => SetMetadata(severalStepsKey, true);
