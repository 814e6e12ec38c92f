import { notSent } from '@sevenfold/plugin-sdk';
import { workflowIds } from '@sevenfold/workflows';
import { recordingChannel } from '../../fakes.js';
import { hour, later, minute, type Recording } from '../recording.js';
import { hasEnded, idOf } from '../watch.js';

/** Mail that is busy at every first try. */
const tried = new Set<string>();
const mail = recordingChannel('email');
const busyMail = {
  ...mail,
  send: async (...args: Parameters<typeof mail.send>) => {
    const [{ id }] = args;
    if (tried.has(id)) return mail.send(...args);
    tried.add(id);
    return notSent('busy', minute);
  },
};

/** A message and a broadcast that do not leave at the first try. */
export const sending: Recording = {
  options: { channels: [busyMail] },
  async play(scenario, cast) {
    const { workspaceId } = scenario;
    const creator = await cast.creator('Bartholomew', 'email');
    const campaignId = await cast.draft();
    await scenario.command(campaignId, 'publish');
    await cast.move((await cast.apply(campaignId, creator)).applicationId, 'selected');
    await scenario.command(campaignId, 'send-agreements');
    await scenario.relay.drainOnce();
    // Over the newsletter's hour, in steps in which what is tried again can be relayed.
    for (let i = 0; i < 5; i += 1) {
      await scenario.skipTo(await later(scenario, hour));
      await scenario.relay.drainOnce();
    }
    await scenario.settle();
    await scenario.command(campaignId, 'cancel');
    const recorded = {
      'message-retried': workflowIds.message({ workspaceId, messageId: await idOf(scenario, `select id from message where kind = 'agreement'`) }),
      'broadcast-retried': workflowIds.broadcast({ workspaceId, broadcastId: await idOf(scenario, `select id from broadcast where kind = 'newsletter'`) }),
    };
    for (const workflowId of Object.values(recorded)) await hasEnded(scenario, workflowId);
    return recorded;
  },
};
