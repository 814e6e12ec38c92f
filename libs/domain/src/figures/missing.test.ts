import { describe, expect, it } from '@jest/globals';
import { missingFigures } from './index.js';

describe('figures', () => {
  const asked = [
    { platform: 'instagram', metric: 'views' as const }, { platform: 'instagram', metric: 'saves' as const }, { platform: 'tiktok', metric: 'views' as const },
  ];

  it('are asked for only where they are wanted and not there; nought is there', () => {
    expect(missingFigures(asked, { platform: 'instagram', figures: { views: 0 } })).toEqual([asked[1]]);
    expect(missingFigures(asked, { platform: 'instagram', figures: { views: 1, saves: 2 } })).toEqual([]);
    expect(missingFigures(asked, { platform: 'youtube', figures: {} })).toEqual([]);
  });
});
