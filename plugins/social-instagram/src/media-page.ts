import { z } from 'zod';

/** A page of an account's posts. */
export const mediaPage = z.object({
  data: z.array(z.object({
    id: z.string().optional(),
    permalink: z.string().catch(''),
    like_count: z.number().optional(),
    comments_count: z.number().optional(),
  })),
  paging: z.object({ cursors: z.object({ after: z.string().optional() }).optional() }).optional(),
});

/** One post of a page. */
export type Media = z.output<typeof mediaPage>['data'][number];

/** A page read, or why it could not be. */
export type PageAnswer = { readonly page: z.output<typeof mediaPage> } | { readonly gap: 'unavailable' | 'post_not_found' };

const MAX_PAGES = 5;

/** Walks back through an account's posts until the one with this shortcode; a campaign's posts are recent. */
export async function findMedia(
  shortcode: string, fetchPage: (after: string | undefined) => Promise<PageAnswer>,
): Promise<Media | { readonly gap: 'unavailable' | 'post_not_found' }> {
  let after: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await fetchPage(after);
    if ('gap' in answer) return answer;
    const media = answer.page.data.find((entry) => entry.permalink.split('/').includes(shortcode));
    if (media !== undefined) return media;
    after = answer.page.paging?.cursors?.after;
    if (after === undefined || answer.page.data.length === 0) break;
  }
  return { gap: 'post_not_found' };
}

/** The two figures a listing carries. */
export function listedFigures(media: Media): Record<string, number> {
  return {
    ...(media.like_count !== undefined && { likes: media.like_count }),
    ...(media.comments_count !== undefined && { comments: media.comments_count }),
  };
}
