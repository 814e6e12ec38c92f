import type { GraphMedia, GraphState } from './state.js';

/** A request to the Graph API, with query and form parameters together, as Meta reads them. */
export interface GraphCall {
  method: string;
  /** Without the version in front ("/v23.0"). */
  path: string;
  params: Record<string, string>;
}

/** An error in Meta's own shape. */
export class GraphError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly subcode?: number,
  ) {
    super(message);
  }

  body() {
    const type = this.code === 190 ? 'OAuthException' : 'GraphMethodException';
    return { error: { message: this.message, type, code: this.code, error_subcode: this.subcode, fbtrace_id: 'fake' } };
  }
}

type Route = (state: GraphState, call: GraphCall, id: string) => unknown;

/** The few routes publishing and reading figures need, in the order they are tried. */
const routes: [method: string, pattern: RegExp, route: Route][] = [
  ['POST', /^\/([^/]+)\/media$/, createContainer],
  ['POST', /^\/([^/]+)\/media_publish$/, publish],
  ['GET', /^\/([^/]+)\/stories$/, (state, _call, id) => list(state.of(id).filter((media) => media.product === 'STORY'))],
  ['GET', /^\/([^/]+)\/media$/, (state, _call, id) => list(state.of(id).filter((media) => media.product !== 'STORY'))],
  ['GET', /^\/([^/]+)\/content_publishing_limit$/, () => ({ data: [{ quota_usage: 0, config: { quota_total: 100 } }] })],
  ['GET', /^\/([^/]+)\/insights$/, insights],
  ['GET', /^\/([^/]+)$/, node],
];

/** @throws GraphError as Meta would answer. */
export function answer(state: GraphState, call: GraphCall): unknown {
  if (!call.params.access_token) throw new GraphError(400, 190, 'An access token is required');
  for (const [method, pattern, route] of routes) {
    const id = method === call.method ? pattern.exec(call.path)?.[1] : undefined;
    if (id) return route(state, call, id);
  }
  throw unknownObject(call.path);
}

function createContainer(state: GraphState, { params }: GraphCall, accountId: string) {
  if (!params.image_url && !params.video_url) throw new GraphError(400, 100, 'The parameter image_url is required');
  const product = params.media_type === 'STORIES' ? 'STORY' : 'FEED';
  const imageUrl = params.image_url ?? params.video_url ?? '';
  return { id: state.addContainer({ accountId, imageUrl, caption: params.caption ?? '', product }).id };
}

function publish(state: GraphState, { params }: GraphCall, accountId: string) {
  const container = state.containers.get(params.creation_id ?? '');
  if (!container || container.accountId !== accountId) throw unknownObject(params.creation_id ?? '');
  if (container.status === 'ERROR') throw new GraphError(400, 9007, 'Media ID is not available', 2207027);
  return { id: state.publish(container).id };
}

function insights(state: GraphState, { params }: GraphCall, id: string) {
  const media = state.media.get(id);
  if (!media) throw unknownObject(id);
  const wanted = (params.metric ?? '').split(',').filter(Boolean);
  const data = wanted
    .filter((name) => media.insights[name] !== undefined)
    .map((name) => ({ name, period: 'lifetime', values: [{ value: media.insights[name] }], id: `${id}/insights/${name}` }));
  return { data };
}

function node(state: GraphState, { params }: GraphCall, id: string) {
  const media = state.media.get(id);
  if (media) return view(media);
  const container = state.containers.get(id);
  if (container) return { id, status_code: container.status, status: container.status };
  const discovered = /business_discovery\.username\(([^)]+)\)/.exec(params.fields ?? '')?.[1];
  if (!discovered) return { id, username: 'sevenfold', name: 'Sevenfold' };
  const found = [...state.media.values()].filter(({ username }) => username === discovered);
  if (!found.length) throw new GraphError(400, 110, 'Invalid user id', 2207013);
  return { id, business_discovery: { id: discovered, username: discovered, followers_count: 10_000, media: list(found) } };
}

function list(media: GraphMedia[]) {
  return { data: media.map(view), paging: { cursors: {} } };
}

function view({ insights: figures, ...media }: GraphMedia) {
  return {
    id: media.id,
    username: media.username,
    caption: media.caption,
    media_type: 'IMAGE',
    media_product_type: media.product,
    media_url: media.imageUrl,
    permalink: media.permalink,
    shortcode: media.shortcode,
    timestamp: media.timestamp,
    like_count: figures.likes,
    comments_count: figures.comments,
  };
}

function unknownObject(id: string) {
  return new GraphError(400, 100, `Unsupported request. Object with ID '${id}' does not exist`, 33);
}
