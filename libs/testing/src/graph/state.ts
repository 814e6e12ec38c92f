import { randomInt } from 'node:crypto';

/** A post or story on the fake Instagram. */
export interface GraphMedia {
  id: string;
  accountId: string;
  username: string;
  /** STORY, FEED or REELS. */
  product: string;
  imageUrl: string;
  caption: string;
  permalink: string;
  shortcode: string;
  /** ISO instant. */
  timestamp: string;
  /** Figures by the Graph API's own names: views, reach, likes, comments, saved, shares, total_interactions. */
  insights: Record<string, number>;
}

export interface GraphContainer {
  id: string;
  accountId: string;
  imageUrl: string;
  caption: string;
  product: string;
  status: 'IN_PROGRESS' | 'FINISHED' | 'ERROR' | 'PUBLISHED';
  /** Set when published: a second publish of the same container gives the same post. */
  mediaId?: string;
}

/** What the fake remembers. */
export class GraphState {
  readonly containers = new Map<string, GraphContainer>();
  readonly media = new Map<string, GraphMedia>();

  /** Puts a post on somebody's profile, as if its creator had posted it. */
  addPost(post: Partial<GraphMedia> & { username: string }): GraphMedia {
    const id = newId();
    const shortcode = post.shortcode ?? BigInt(id).toString(36);
    const media: GraphMedia = {
      id,
      accountId: post.username,
      product: 'FEED',
      imageUrl: '',
      caption: '',
      permalink: `https://www.instagram.com/p/${shortcode}/`,
      timestamp: new Date().toISOString(),
      insights: { views: 1200, reach: 900, likes: 80, comments: 12, saved: 7, shares: 5, total_interactions: 104 },
      ...post,
      shortcode,
    };
    this.media.set(media.id, media);
    return media;
  }

  addContainer(container: Omit<GraphContainer, 'id' | 'status'>): GraphContainer {
    const made: GraphContainer = { ...container, id: newId(), status: 'FINISHED' };
    this.containers.set(made.id, made);
    return made;
  }

  publish(container: GraphContainer): GraphMedia {
    const before = container.mediaId ? this.media.get(container.mediaId) : undefined;
    if (before) return before;
    const { accountId, imageUrl, caption, product } = container;
    const media = this.addPost({ username: 'sevenfold', accountId, imageUrl, caption, product });
    container.status = 'PUBLISHED';
    container.mediaId = media.id;
    return media;
  }

  of(accountId: string): GraphMedia[] {
    return [...this.media.values()].filter((media) => media.accountId === accountId);
  }
}

function newId(): string {
  return `1784${randomInt(1e12, 9e12)}`;
}
