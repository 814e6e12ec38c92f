import { expect, test } from '@jest/globals';
import { normaliseProfile } from '../src/normalise-profile.js';
import { parsePostUrl } from '../src/parse-post-url.js';

test.each([
  '@Ada.Lovelace', 'ada.lovelace', 'https://www.instagram.com/Ada.Lovelace/', 'instagram.com/ada.lovelace?igsh=x', 'https://m.instagram.com/ada.lovelace/reels/',
])('%s is one profile', (typed) => {
  expect(normaliseProfile(typed)).toEqual({
    ok: true, platform: 'instagram', username: 'ada.lovelace', url: 'https://www.instagram.com/ada.lovelace/',
  });
});

test.each(['', '@', 'ada lovelace', 'ada..l', '.ada', 'https://www.tiktok.com/@ada', 'https://www.instagram.com/p/Cabc123/', 'https://instagram.com.evil.example/ada',
  `${'a'.repeat(31)}`])('"%s" is no profile', (typed) => {
  expect(normaliseProfile(typed)).toMatchObject({ ok: false });
});

test.each([
  ['https://www.instagram.com/p/Cabc-_123/?img_index=1', { shortcode: 'Cabc-_123', username: undefined }],
  ['instagram.com/reel/Cabc123', { shortcode: 'Cabc123', username: undefined }],
  ['https://www.instagram.com/Ada/p/Cabc123/', { shortcode: 'Cabc123', username: 'ada' }],
  ['https://notinstagram.com/p/Cabc123/', undefined],
])('%s', (url, post) => {
  expect(parsePostUrl(url)).toEqual(post);
});
