import { expect, test } from '@jest/globals';
import { likePattern } from './like.js';

test('signs are meant literally', () => expect(likePattern('100%_\\')).toBe('%100\\%\\_\\\\%'));
