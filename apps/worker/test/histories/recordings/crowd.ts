import { createDraft, sendBroadcast } from '@sevenfold/core/broadcasts';
import { createCreator } from '@sevenfold/core/creators';
import { workflowIds } from '@sevenfold/workflows';
import { recordingChannel } from '../../fakes.js';
import type { Recording } from '../recording.js';
import { hasEnded } from '../watch.js';

/** More than one batch takes. */
const many = 620;

/** A broadcast to so many that batches run side by side. */
export const crowd: Recording = {
  options: { channels: [recordingChannel('email')] },
  async play(scenario) {
    const { workspaceId, as, owner } = scenario;
    const broadcastId = await as(owner, async (tx) => {
      for (let i = 0; i < many; i += 1) {
        await createCreator(tx, { name: `Bartholomew ${i}`, timeZone: 'Europe/Amsterdam', newsletterOptIn: true, contactPoints: [{ channel: 'email', address: `b${i}@creators.test` }] });
      }
      const draft = await createDraft(tx, {
        name: 'To everybody', recipients: { filter: { q: 'Bartholomew' } }, campaignId: null, channel: null, purpose: 'notice', ratePerSecond: null,
        texts: { subject: 'News', text: 'We have news.', short: 'We have news.' },
      });
      await sendBroadcast(tx, draft.broadcastId);
      return draft.broadcastId;
    });
    await scenario.relay.drainOnce();
    const recorded = { 'broadcast-side-by-side': workflowIds.broadcast({ workspaceId, broadcastId }) };
    await hasEnded(scenario, recorded['broadcast-side-by-side']);
    return recorded;
  },
};
