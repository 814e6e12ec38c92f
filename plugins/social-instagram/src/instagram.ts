import type { PluginHealth, PluginHost, SocialPlugin } from '@sevenfold/plugin-sdk';
import type { InstagramConfig } from './config.js';
import { fetchPostFigures, METRICS } from './fetch-figures.js';
import { findStory } from './find-story.js';
import { createGraphClient, type GraphClient } from './graph-client.js';
import { normaliseProfile } from './normalise-profile.js';
import { publishStory } from './publish-story.js';

/** Instagram over the Graph API: stories on the workspace's own account, figures of posts, profiles. */
export function createInstagram(config: InstagramConfig, host: PluginHost): SocialPlugin {
  const graph = createGraphClient(config);
  return {
    platform: 'instagram',
    label: 'Instagram',
    figures: METRICS,
    publishStory: (story, context) => publishStory(story, context, graph, config),
    findStory: (evidence, context) => findStory(evidence, context.signal, graph, config),
    fetchPostFigures: (request, context) => fetchPostFigures(request, context.signal, graph, config, host),
    normaliseProfile,
    health: () => health(graph, config),
    close: async () => {},
  };
}

async function health(graph: GraphClient, config: InstagramConfig): Promise<PluginHealth> {
  const { INSTAGRAM_ACCOUNT_ID: account, INSTAGRAM_ACCESS_TOKEN: token } = config;
  if (account === undefined || token === undefined) return { ok: true, detail: 'workspaces bring their own accounts' };
  const signal = new AbortController().signal;
  const answer = await graph({ path: [account], params: { fields: 'id' }, token, signal });
  if (answer.kind === 'ok') return { ok: true };
  return { ok: false, detail: answer.kind === 'lost' ? `Instagram: ${answer.reason}` : `Instagram: HTTP ${answer.status}, Graph ${answer.code}` };
}
